export type { Trainees } from './clock/day';
export { MovableClock } from './clock/movable-clock';
export { CarrierEmulatorConfig } from './config';
export { startCarrierEmulator } from './start';
