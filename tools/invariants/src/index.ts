export type { CarrierMessage, History, Invariant, Violation } from './history';
