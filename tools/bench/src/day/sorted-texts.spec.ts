import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask } from '@stopcovid/faults';
import { partitionOf } from '@stopcovid/kafka';
import { crowdNumber } from '@stopcovid/carrier-emulator';
import { partitions } from './people';
import { sharesOf } from './shares';
import { SortedTexts } from './sorted-texts';

/** Of an emulator with so many texts: every third was written by a phone, the others went to one. */
const emulatorWith = (texts: number) => {
  const asked: { path: string; rows: number }[] = [];
  const ask: Ask = async (path) => {
    const url = new URL(path, 'http://emulator/');
    const [after, limit] = ['after', 'limit'].map((name) => Number(url.searchParams.get(name)));
    const isWritten = url.pathname === '/written';
    const rows: object[] = [];
    for (let sequence = (after ?? 0) + 1; sequence <= texts && rows.length < (limit ?? 0); sequence += 1) {
      if ((sequence % 3 === 0) !== isWritten) continue;
      const [sid, phone, at] = [`SM${sequence}`, crowdNumber(sequence % 997), new Date(sequence)];
      rows.push(
        isWritten
          ? { sid, sequence, from: phone, at }
          : { sid, sequence, to: phone, body: '', statusCallback: `http://a/?id=${sequence}`, at },
      );
    }
    asked.push({ path: url.pathname, rows: rows.length });
    return JSON.parse(JSON.stringify(rows));
  };
  return { ask, asked };
};

describe('the texts of a day', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'sorted-texts-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('are sorted by partition, those of each phone oldest first, each once', async () => {
    const { ask } = emulatorWith(1_000);
    const sorted = await SortedTexts.read(ask, directory);
    expect(sorted.times).toHaveLength(1_000);
    const shares = sharesOf({ trainees: 10_000 });
    const found = shares.map((own) => sorted.of(own));
    for (const [index, { written, accepted }] of found.entries()) {
      const own = [...written.map(({ from }) => from), ...accepted.map(({ to }) => to)];
      for (const phone of own) expect(shares[index]).toContain(partitionOf(phone, partitions));
      const phone = accepted[0]?.to;
      const times = accepted.filter(({ to }) => to === phone).map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    const ids = found.flatMap(({ written, accepted }) => [
      ...written.map(({ commandId }) => commandId),
      ...accepted.map(({ sid }) => sid),
    ]);
    expect(new Set(ids).size).toBe(1_000);
    const last = found.flatMap(({ accepted }) => accepted).find(({ sid }) => sid === 'SM1000');
    expect(last).toEqual({ sid: 'SM1000', messageId: '1000', to: crowdNumber(3), at: 1_000 });
    sorted.remove();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('may be a million: no answer is longer than a page, and no page is asked for twice', async () => {
    const { ask, asked } = emulatorWith(1_000_000);
    const sorted = await SortedTexts.read(ask, directory);
    expect(sorted.times).toHaveLength(1_000_000);
    expect(Math.max(...asked.map(({ rows }) => rows))).toBe(5_000);
    expect(asked).toHaveLength(Math.ceil(333_333 / 5_000) + Math.ceil(666_667 / 5_000));
    const { written, accepted } = sorted.of([7]);
    expect(written.length + accepted.length).toBeLessThan(100_000);
  });
});

it('of a small day all partitions are read together, of a large one each by itself, of any each once', () => {
  for (const [trainees, many] of [
    [1, 1],
    [1_000, 1],
    [10_000, 3],
    [100_000, 24],
  ] as const) {
    const shares = sharesOf({ trainees });
    expect(shares).toHaveLength(many);
    expect(shares.flat().toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: partitions }, (_, partition) => partition),
    );
  }
});
