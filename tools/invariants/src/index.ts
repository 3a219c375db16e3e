export { checkHistory } from './check-history';
export type { CarrierMessage, ExpectedText, History, Invariant, Violation } from './history';
