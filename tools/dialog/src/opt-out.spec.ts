import { Readable } from 'node:stream';
import { decodeCommand, phoneSchema, topics, type Phone } from '@stopcovid/contracts';
import { initialState } from '@stopcovid/dialog-core';
import { inMemoryDialogStore, type Dialog } from '@stopcovid/dialog-engine';
import type { OutgoingRecord, Publisher } from '@stopcovid/kafka';
import { optOut, type OptOutOptions } from './opt-out';

const phone = phoneSchema.parse('+12025550143');
const other = phoneSchema.parse('+12025550144');
const options: OptOutOptions = { phones: [phone, other], detail: 'by letter', yes: true, waitMs: 2_000 };

const dialogOf = (of: Phone, optedOut: boolean): Dialog => {
  const state = initialState();
  const trainee = { ...state.trainee, optedOut };
  return { phone: of, version: 1, state: { ...state, trainee }, outbox: [], recentCommandIds: [] };
};

/** A desk whose engine, when it runs, does at once what stands on the topic. */
const desk = async ({ engineRuns = true, answer = '', out = [] as readonly Phone[] } = {}) => {
  const dialogs = inMemoryDialogStore();
  await dialogs.commit(out.map((of) => ({ expected: 0, dialog: dialogOf(of, true) })));
  const published: OutgoingRecord[] = [];
  const lines: string[] = [];
  const publisher: Publisher = {
    publish: async (topic, records) => {
      expect(topic).toBe(topics.dialogCommands);
      published.push(...records);
      if (engineRuns)
        await dialogs.commit(
          records.map(({ key }) => ({ expected: 0, dialog: dialogOf(phoneSchema.parse(key), true) })),
        );
    },
    close: () => Promise.resolve(),
  };
  let ids = 0;
  const terminal = {
    interactive: true,
    input: Readable.from([`${answer}\n`]),
    out: (line: string) => void lines.push(line),
    err: () => undefined,
  };
  const parts = {
    publisher,
    dialogs,
    terminal,
    now: () => new Date(),
    newId: () => `operator-${(ids += 1)}`,
  };
  return {
    published,
    lines,
    run: (change: Partial<OptOutOptions> = {}) => optOut({ ...options, ...change }, parts),
  };
};

describe('opting out by an operator', () => {
  it('commands each phone once, with the reason, and says when the engine has written it', async () => {
    const { run, published, lines } = await desk();
    await expect(run({ phones: [phone, other, phone] })).resolves.toBe(0);
    expect(published.map(({ value }) => decodeCommand(String(value)))).toMatchObject(
      [phone, other].map((of) => ({
        value: { type: 'OptOutTrainee', phone: of, source: 'operator', detail: 'by letter' },
      })),
    );
    expect(lines).toEqual([`${phone} opted out`, `${other} opted out`]);
  });

  it('leaves alone who is out already', async () => {
    const { run, published } = await desk({ out: [phone] });
    await expect(run()).resolves.toBe(0);
    expect(published.map(({ key }) => key)).toEqual([other]);
  });

  it('says when the engine has not answered, and that nothing is lost', async () => {
    const { run, lines } = await desk({ engineRuns: false });
    await expect(run({ waitMs: 0 })).resolves.toBe(1);
    expect(lines[0]).toBe(`${phone} waits for the engine: the command stands on the topic`);
  });

  it('asks first, and does nothing without a yes', async () => {
    const { run, published } = await desk({ answer: 'no' });
    await expect(run({ yes: false })).resolves.toBe(1);
    expect(published).toEqual([]);
  });
});
