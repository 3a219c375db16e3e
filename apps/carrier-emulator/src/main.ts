import { bootstrapApp, createRuntime, loadConfig, runMain } from '@stopcovid/runtime';
import { CarrierEmulatorModule } from './carrier-emulator.module';
import { CarrierEmulatorConfig } from './config';

void runMain('carrier-emulator', async () => {
  const config = loadConfig(CarrierEmulatorConfig, process.env);
  const runtime = createRuntime('carrier-emulator', config);
  const module = CarrierEmulatorModule.with(config, runtime);
  return bootstrapApp(module, { runtime, port: config.PORT, host: config.HOST });
});
