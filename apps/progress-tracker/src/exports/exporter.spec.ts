import { createHash } from 'node:crypto';
import { pause, until } from '@stopcovid/runtime';
import { runOf } from '../figures/figures.testkit';
import { inMemoryRunFigures } from '../figures/in-memory-run-figures';
import type { RunFigures } from '../figures/run-figures';
import { completed } from '../tracker.testkit';
import { scoresOf } from '../progress/run-score';
import type { Export, Ready } from './export';
import { inMemoryExportChunks } from './export-chunks';
import { Exporter, type ExporterParts } from './exporter';
import { inMemoryExports } from './exports';
import { after, asked, dayMs, noon, running } from './exports.testkit';
import { bytesIn } from './write-export';

const ours = runOf({ account: { employerId: 'acme' }, later: [completed('one')] });
const listed = { ...ours, scores: scoresOf(ours) };
const theirs = runOf({ account: { employerId: 'other' }, later: [completed('one')] });
const plain = inMemoryRunFigures(() => [ours, theirs]);

/** More than a chunk of them, and then what the promise says. */
const followedBy = (then: () => Promise<void>): RunFigures => ({
  ...plain,
  async *inOrder() {
    for (let made = 0; made < 4_000; made += 1) yield listed;
    await then();
    yield listed;
  },
});

const gate = () => {
  let open: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
};

const oneOf = (changes: Partial<Export> = {}): Export => asked({ query: {}, ...changes });

describe('exports', () => {
  const made = async (parts: Partial<ExporterParts> = {}) => {
    const [exports_, chunks] = [inMemoryExports(), inMemoryExportChunks()];
    const [told, failed, troubles]: [string[], string[], unknown[]] = [[], [], []];
    let claims = 0;
    const shared = {
      ...{ exports: exports_, chunks, figures: plain, pause, everyMs: 5, beatMs: 2, mostBytes: 1e9 },
      now: () => noon,
      newClaim: () => `c${(claims += 1)}`,
      tell: ({ id }: Ready) => Promise.resolve(void told.push(id)),
      onMade: () => undefined,
      onFailed: (_: Export, because: string) => void failed.push(because),
      onTrouble: (error: unknown) => void troubles.push(error),
      ...parts,
    };
    await exports_.add(oneOf());
    return {
      ...{ exports: exports_, chunks, told, failed, troubles },
      exporter: (own: Partial<ExporterParts> = {}) => new Exporter({ ...shared, ...own }),
      standing: async () => (await exports_.one('ex_one'))?.standing,
      has: async (claim: string) => (await chunks.read({ export: 'ex_one', claim, index: 0 })) !== undefined,
    };
  };

  it('are files of what the query asks for, in the scope of who asked, told once', async () => {
    const { exports: exports_, chunks, exporter, told } = await made();
    await exports_.add(oneOf({ id: 'ex_two', employers: ['acme'] }));
    const worker = exporter();
    while (await worker.look());
    const [all, limited] = [await exports_.one('ex_one'), await exports_.one('ex_two')] as [Ready, Ready];
    expect([all.standing.rows, limited.standing.rows]).toEqual([2, 1]);
    let text = '';
    for await (const bytes of bytesIn(chunks, limited)) text += Buffer.from(bytes).toString();
    expect(JSON.parse(text)).toMatchObject({ runId: ours.runId, employerId: 'acme' });
    expect(limited.standing).toMatchObject({
      state: 'ready',
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(await worker.look()).toBe(false);
    expect(told).toEqual(['ex_one', 'ex_two']);
  });

  it('are begun anew where who made them is gone, who finds nothing of theirs left when they come back', async () => {
    const { exporter, standing, has } = await made();
    const { promise, open } = gate();
    const gone = exporter({ figures: followedBy(() => promise) });
    const going = gone.look();
    await until(() => has('c1'));
    expect(await exporter({ now: () => after(59_999) }).look()).toBe(false);
    expect(await exporter({ now: () => after(60_000) }).look()).toBe(true);
    expect(await standing()).toMatchObject({ state: 'ready', claim: 'c2', rows: 2 });
    open();
    await going;
    expect(await standing()).toMatchObject({ state: 'ready', claim: 'c2', rows: 2 });
    expect([await has('c1'), await has('c2')]).toEqual([false, true]);
  });

  it('say how far they are while they are made, and stay with who makes them', async () => {
    let time = noon;
    const { exporter, standing } = await made();
    const { promise, open } = gate();
    const going = exporter({ now: () => time, figures: followedBy(() => promise) }).look();
    time = after(50_000);
    await until(async () => {
      const now = await standing();
      return now?.state === 'running' && now.rows > 1_000 && now.dueAt > after(100_000);
    });
    open();
    await going;
    expect(await standing()).toMatchObject({ state: 'ready', rows: 4_001 });
  });

  it('that are taken away while they are made leave nothing', async () => {
    const { exports: exports_, exporter, has, failed, troubles } = await made();
    const { promise, open } = gate();
    const going = exporter({ figures: followedBy(() => promise) }).look();
    await until(() => has('c1'));
    await exports_.remove('ex_one');
    open();
    await going;
    expect([await has('c1'), failed, troubles]).toEqual([false, [], []]);
  });

  it('fail where the files of all take up what they may', async () => {
    const { exporter, standing, has, failed } = await made({ mostBytes: 1_000_000 });
    const { promise, open } = gate();
    const going = exporter({ figures: followedBy(() => promise) }).look();
    await until(() => has('c1'));
    await pause(20);
    open();
    await going;
    expect(await standing()).toMatchObject({ state: 'failed', because: 'no-room' });
    expect([await has('c1'), failed]).toEqual([false, ['no-room']]);
  });

  it('that break off are tried three times, later each time, and leave nothing of a file', async () => {
    let time = noon;
    const broken = followedBy(() => Promise.reject(new Error('cut')));
    const { exporter, standing, has, failed, troubles } = await made({ now: () => time, figures: broken });
    const worker = exporter();
    const tries: boolean[] = [];
    for (const ms of [0, 9_999, 10_000, 29_999, 30_000, dayMs]) {
      time = after(ms);
      tries.push(await worker.look());
    }
    expect(tries).toEqual([true, false, true, false, true, false]);
    expect(await standing()).toMatchObject({ state: 'failed', because: 'broke-off' });
    expect([failed, troubles.length]).toEqual([['broke-off'], 3]);
    expect([await has('c1'), await has('c2'), await has('c3')]).toEqual([false, false, false]);
  });

  it('at which three have died are left alone', async () => {
    const { exports: exports_, exporter, standing } = await made();
    await exports_.remove('ex_one');
    await exports_.add(running({ attempts: 3, dueAt: noon }));
    expect(await exporter().look()).toBe(true);
    expect(await standing()).toMatchObject({ state: 'failed', because: 'broke-off' });
  });

  it('are put back by who stops, for others to begin at once', async () => {
    const { exporter, standing, has, troubles } = await made();
    const { promise, open } = gate();
    const worker = exporter({ figures: followedBy(() => promise) });
    worker.start();
    await until(() => has('c1'));
    const stopped = worker.stop();
    open();
    await stopped;
    expect(await standing()).toEqual({ state: 'queued', attempts: 0, dueAt: noon });
    expect([await has('c1'), troubles]).toEqual([false, []]);
  });

  it('have no file when they have expired', async () => {
    let time = noon;
    const { exporter, standing, has } = await made({ now: () => time });
    const worker = exporter();
    await worker.look();
    expect(await has('c1')).toBe(true);
    time = after(7 * dayMs);
    await worker.look();
    expect([await standing(), await has('c1')]).toEqual([{ state: 'expired' }, false]);
  });
});
