import type { Terminal } from './terminal';

const width = 24;
/* A terminal's line is rewritten; a log gets a new line, so fewer of them. */
const everyMs = { line: 100, log: 5_000 };

const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

/** How much of a work is done, and for how long it has been going on. */
export type Progress = { readonly done: number; readonly total: number; readonly elapsedMs: number };

/** A bar with what is done, the rate and the time that is left. */
export const progressText = (what: string, { done, total, elapsedMs }: Progress): string => {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const bar = '#'.repeat(Math.round(part * width)).padEnd(width, '-');
  const rate = elapsedMs > 0 ? (done * 1_000) / elapsedMs : 0;
  const left = rate > 0 && done < total ? `, ${duration((total - done) / rate)} left` : '';
  return `[${bar}] ${english.format(done)} of ${english.format(total)} ${what}, ${english.format(rate)}/s${left}`;
};

/** Shows how much is done on standard error, not oftener than can be read; its end always. */
export const progressLine = (
  what: string,
  terminal: Terminal,
  now: () => number = () => performance.now(),
): ((done: number, total: number) => void) => {
  const pause = terminal.status === undefined ? everyMs.log : everyMs.line;
  let shownAt = -Infinity;
  let begun = { at: now(), done: 0 };
  return (done, total) => {
    const at = now();
    /* A work that begins again has a rate of its own. */
    if (done < begun.done) begun = { at, done };
    begun = { ...begun, done };
    if (at - shownAt < pause && done < total) return;
    shownAt = at;
    (terminal.status ?? terminal.err)(progressText(what, { done, total, elapsedMs: at - begun.at }));
  };
};
