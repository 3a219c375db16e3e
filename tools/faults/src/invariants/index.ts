export { checkHistory } from './check-history';
export { chronicleOf, firstOf } from './chronicle';
export type { Chronicle } from './chronicle';
export { answersIn, waitsBeside } from './fairness-checks';
export type { CarrierMessage, ExpectedText, History, Scheduled, Slowness, Violation } from './history';
