import type { Terminal } from './terminal';

const width = 24;
/* A terminal's line is rewritten; a log gets a new line, so fewer of them. */
const everyMs = { line: 100, log: 5_000 };

/** Shows how much is done on standard error, not oftener than can be read. */
export const progressLine = (
  what: string,
  terminal: Terminal,
  now: () => number = () => performance.now(),
): ((done: number, total: number) => void) => {
  let shownAt = -Infinity;
  return (done, total) => {
    const pause = terminal.status === undefined ? everyMs.log : everyMs.line;
    if (now() - shownAt < pause && done < total) return;
    shownAt = now();
    const bar = '#'.repeat(total === 0 ? width : Math.round((done / total) * width)).padEnd(width, '-');
    (terminal.status ?? terminal.err)(`[${bar}] ${done} of ${total} ${what}`);
  };
};
