export type { Trainees } from './clock/day';
export { MovableClock } from './clock/movable-clock';
export { CarrierEmulatorModule } from './carrier-emulator.module';
export { CarrierEmulatorConfig } from './config';
