export { Conversation } from './conversation';
export { runDialog } from './run-dialog';
