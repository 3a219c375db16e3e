export { checkHistory } from './check-history';
export { waitsBeside } from './fairness-checks';
export type { CarrierMessage, ExpectedText, History, Scheduled, Slowness, Violation } from './history';
