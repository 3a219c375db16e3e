export { checkHistory } from './check-history';
export type { CarrierMessage, ExpectedText, History, Invariant, ListedText, Violation } from './history';
