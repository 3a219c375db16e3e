export { checkHistory } from './check-history';
export type { CarrierMessage, ExpectedText, History, Violation } from './history';
