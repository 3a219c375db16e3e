export { checkHistory } from './check-history';
export { waitsBeside } from './fairness-checks';
export type { CarrierMessage, ExpectedText, History, Slowness, Violation } from './history';
