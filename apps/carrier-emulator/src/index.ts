export { crowdNumber, crowdNumbersAtMost } from './carrier/crowd-numbers';
export { seededRandom } from './carrier/faults';
export type { Random } from './carrier/faults';
export type { MadeUpCompany, MadeUpCompanyState } from './company/made-up-company';
export type { Trainees } from './clock/day';
export { MovableClock } from './clock/movable-clock';
export { CarrierEmulatorConfig } from './config';
export { startCarrierEmulator } from './start';
export { placesText } from './load/places';
