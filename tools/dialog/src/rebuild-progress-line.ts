import type { RebuildProgress } from '@stopcovid/progress-tracker';
import type { Terminal } from './terminal';

const width = 24;
/* A terminal's line is rewritten; a log gets a new line, so fewer of them. */
const everyMs = { line: 200, log: 5_000 };

const what: Readonly<Record<RebuildProgress['stage'], string>> = { read: 'records', compare: 'phones' };

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** How far a rebuild is, as a bar with its rate and the time that is left. */
export const progressText = ({ stage, done, total }: RebuildProgress, elapsedMs: number): string => {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const bar = '#'.repeat(Math.round(part * width)).padEnd(width, '-');
  const rate = elapsedMs > 0 ? (done * 1_000) / elapsedMs : 0;
  const left = rate > 0 ? `, ${duration((total - done) / rate)} left` : '';
  return `[${bar}] ${english.format(done)} of ${english.format(total)} ${what[stage]}, ${english.format(rate)}/s${left}`;
};

/** Shows progress on standard error, not oftener than can be read. */
export const progressOn = (
  terminal: Terminal,
  now: () => number = () => performance.now(),
): ((progress: RebuildProgress) => void) => {
  let begun = { stage: '', done: 0, at: 0 };
  let shownAt = -Infinity;
  return (progress) => {
    const at = now();
    /* A new stage, or a reading that begins again, has a rate of its own. */
    if (progress.stage !== begun.stage || progress.done < begun.done) begun = { ...progress, at };
    begun = { ...begun, done: progress.done };
    const pause = terminal.status === undefined ? everyMs.log : everyMs.line;
    if (at - shownAt < pause && progress.done < progress.total) return;
    shownAt = at;
    (terminal.status ?? terminal.err)(progressText(progress, at - begun.at));
  };
};
