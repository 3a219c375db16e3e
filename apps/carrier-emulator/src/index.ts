export { CarrierEmulatorModule } from './carrier-emulator.module';
export { CarrierEmulatorConfig } from './config';
