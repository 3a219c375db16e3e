import { Readable } from 'node:stream';
import { progressLine, progressText } from './progress-line';

describe('progress', () => {
  it('shows a bar, the rate and the time that is left', () => {
    expect(progressText('records', { done: 2_500, total: 10_000, elapsedMs: 1_000 })).toBe(
      '[######------------------] 2,500 of 10,000 records, 2,500/s, 3 s left',
    );
  });

  it('is not shown oftener than can be read, but its end is', () => {
    const shown: string[] = [];
    let now = 0;
    const terminal = {
      input: Readable.from([]),
      out: () => undefined,
      err: (line: string) => void shown.push(line),
    };
    const show = progressLine('records', terminal, () => now);
    for (; now <= 6_000; now += 1_000) show(now, 9_000);
    show(9_000, 9_000);
    expect(shown).toHaveLength(3);
    expect(shown.at(-1)).toContain('9,000 of 9,000');
  });
});
