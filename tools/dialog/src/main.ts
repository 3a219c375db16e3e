import { runDialog } from './run-dialog';
import { processTerminal } from './terminal';

/* A reader that stops early, such as head, ends us quietly. */
process.stdout.on('error', () => process.exit(0));

void runDialog(process.argv.slice(2), processTerminal(), process.env).then((code) => {
  process.exitCode = code;
});
