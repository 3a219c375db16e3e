export { answersIn, checkHistory, chronicleOf, firstOf } from './invariants';
export type { Chronicle, History, Violation } from './invariants';
export { collect } from './real/collect';
export type { Places, Share } from './real/collect';
export { historyOf } from './real/leftovers';
export { crashesOf } from './real/logs';
export { untilQuiet } from './real/quiet';
export { messageIdIn, pagesOf } from './real/text-pages';
export type { Ask, TextRow } from './real/text-pages';
