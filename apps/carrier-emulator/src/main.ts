import { loadConfig, runMain } from '@stopcovid/runtime';
import { CarrierEmulatorConfig } from './config';
import { startCarrierEmulator } from './start';

void runMain('carrier-emulator', async () =>
  startCarrierEmulator(loadConfig(CarrierEmulatorConfig, process.env)),
);
