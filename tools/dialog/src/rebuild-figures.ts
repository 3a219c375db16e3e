import { proveBuckets, type BucketProof, type ProofTotals } from '@stopcovid/progress-tracker';
import { progressLine } from './progress-line';
import type { Terminal } from './terminal';

const dayMs = 86_400_000;

/** How many days, up to now, there are and were looked at since the first one. */
const daysLine = (terminal: Terminal): ((day: string) => void) => {
  const show = progressLine('days', terminal);
  let first: number | undefined;
  return (day) => {
    const at = Date.parse(day);
    first ??= at;
    const done = (at - first) / dayMs + 1;
    show(done, Math.max(done, Math.ceil((Date.now() - first) / dayMs)));
  };
};

type Asked = { readonly swap: boolean; readonly json: boolean; readonly signal?: AbortSignal };

const summary = ({ days, compared, drifted, replaced, built }: ProofTotals): string =>
  built
    ? [
        `${compared - drifted} buckets of ${days} day${days === 1 ? '' : 's'} are what their runs come to`,
        ...(drifted > 0 ? [`${drifted} drifted`] : []),
        `${replaced} replaced`,
      ].join(', ')
    : 'buckets are not built yet: figures are of the runs alone';

/** Proves that figures are what the runs come to, and tells; answers whether any is left that is not. */
export const tellFigures = async (
  figures: BucketProof,
  { swap, json, signal }: Asked,
  terminal: Terminal,
): Promise<boolean> => {
  const progress = daysLine(terminal);
  const totals = await proveBuckets(figures, {
    swap,
    ...(signal === undefined ? {} : { signal }),
    onDay: progress,
    onDrift: ({ key, replaced }) =>
      terminal.out(
        json
          ? JSON.stringify({ ...key, finding: 'drifted', replaced })
          : `the figures of ${key.employerId ?? 'no employer'} on ${key.day} are not what their runs come to${replaced ? ': replaced' : ''}`,
      ),
  });
  terminal.out(json ? JSON.stringify({ of: 'figures', totals }) : summary(totals));
  return totals.drifted > totals.replaced;
};
