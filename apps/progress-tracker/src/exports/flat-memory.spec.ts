import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { runIdSchema } from '@stopcovid/contracts';
import { heapAfterCollection, pause } from '@stopcovid/runtime';
import { inMemoryRunFigures } from '../figures/in-memory-run-figures';
import { runOf } from '../figures/figures.testkit';
import { listFiles } from '../figures/list-files';
import type { RunFigures } from '../figures/run-figures';
import type { FileFormatName } from '../files/file-formats';
import { scoresOf } from '../progress/run-score';
import { runningTracker } from '../operations/operations.testkit';
import { completed } from '../tracker.testkit';
import { chunkBytes, inMemoryExportChunks, type ExportChunks } from './export-chunks';
import { inMemoryExports } from './exports';
import { dayMs, noon, ready, running } from './exports.testkit';
import { writeExport } from './write-export';

const one = runOf({ account: { employerId: 'acme' }, later: [completed('one')] });
const scores = scoresOf(one);
const [few, many] = [5_000, 12_500];

/** Bytes that are held, in the heap and in buffers beside it. */
const held = async (): Promise<number> => (await heapAfterCollection()) + process.memoryUsage().arrayBuffers;

/** Many runs, and what is held when so many of them were read. */
const figuresOf = (seen: number[]): RunFigures => ({
  ...inMemoryRunFigures(() => []),
  async *inOrder() {
    for (let made = 1; made <= many; made += 1) {
      const runId = runIdSchema.parse(`run-${made}`);
      yield { ...one, scores, runId, startedAt: new Date(noon.getTime() + made) };
      if (made === few || made === many) seen.push(await held());
    }
  },
});

const bytesByRow = async (format: FileFormatName, write: ExportChunks['write']): Promise<number> => {
  const seen: number[] = [];
  const wanted = { format, bom: false };
  const file = await listFiles.runs({ figures: figuresOf(seen), asOf: noon }, { bom: false }, wanted);
  const { rows } = await writeExport(running(), file, {
    ...{ chunks: { write }, onProgress: () => undefined, mayGoOn: () => undefined },
  });
  expect(rows).toBe(many);
  const [before = 0, after = 0] = seen;
  return (after - before) / (many - few);
};

/* A file is held up to a chunk of it, which is not the same part of one at both times. */
const mostBytes = chunkBytes / (many - few) + 10;

describe('what is held of a file that is written', () => {
  it.each(['csv', 'ndjson', 'parquet'] as const)('does not grow with its rows: %s', async (format) =>
    expect(await bytesByRow(format, () => Promise.resolve())).toBeLessThan(mostBytes),
  );

  it('is seen to grow where somebody keeps it', async () => {
    const kept: Uint8Array[] = [];
    const keep = async ({ bytes }: { readonly bytes: Uint8Array }): Promise<void> => void kept.push(bytes);
    expect(await bytesByRow('ndjson', keep)).toBeGreaterThan(mostBytes);
    expect(kept.length).toBeGreaterThan(1);
  });
});

describe('a client that leaves in the midst of the file of an export', () => {
  it('is read no more for, and nothing of it stays', async () => {
    let reads = 0;
    const chunks = {
      ...inMemoryExportChunks(),
      read: () => {
        reads += 1;
        return Promise.resolve(Buffer.alloc(chunkBytes));
      },
    };
    const [exports_, many_] = [inMemoryExports(), 10_000];
    const expiresAt = new Date(Date.now() + dayMs);
    await exports_.add(ready({ chunks: many_, bytes: many_ * chunkBytes }, { by: 'spec', expiresAt }));
    const tracker = await runningTracker({ exports: exports_, exportChunks: chunks });
    const leave = async (): Promise<void> => {
      const headers = { authorization: 'Bearer a-key-of-the-spec-itself' };
      const [answer] = (await once(
        get(`${tracker.url}/v1/exports/ex_one/file`, { headers }),
        'response',
      )) as [IncomingMessage];
      expect(answer.statusCode).toBe(200);
      await once(answer, 'readable');
      answer.socket.destroy();
    };
    await leave();
    const before = await held();
    for (let client = 0; client < 4; client += 1) await leave();
    let atRest = -1;
    for (; atRest !== reads; await pause(20)) atRest = reads;
    expect((await held()) - before).toBeLessThan(4 * chunkBytes);
    expect(reads).toBeLessThan(5 * 20);
    await tracker.close();
  });
});
