import { Readable } from 'node:stream';
import { phoneSchema, traineeSchema } from '@stopcovid/contracts';
import type { OutgoingRecord } from '@stopcovid/kafka';
import {
  inMemoryCommandRecords,
  inMemoryProgressStore,
  type Action,
  type AskParts,
  type TraineeProgress,
} from '@stopcovid/progress-tracker';
import { act, type ActOptions } from './act';
import { command } from './command';

const phone = phoneSchema.parse('+12025550143');
const optOut: Action = { kind: 'optOut', detail: 'by letter' };

const registered: TraineeProgress = {
  phone,
  version: 1,
  partition: 0,
  offset: '0',
  firstSeenAt: new Date('2026-03-01T09:00:00.000Z'),
  drills: [],
  trainee: traineeSchema.parse({
    registration: { code: 'HYGIENE', demo: false, at: '2026-03-01T09:00:00.000Z' },
    optedOut: false,
    profile: { language: 'en', answers: {} },
    account: {},
  }),
};

type Hours = Awaited<ReturnType<AskParts['hoursOf']>>;

/** A desk at which one trainee is known, if they have hours. */
const desk = (hours?: Hours) => {
  const records = inMemoryCommandRecords();
  const published: OutgoingRecord[] = [];
  const out: string[] = [];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: () => undefined,
  };
  const parts = {
    records,
    store: {
      ...inMemoryProgressStore(),
      trainee: () => Promise.resolve(hours && registered),
    },
    hoursOf: () => Promise.resolve(hours ?? ({ kind: 'noZone' } as const)),
    publisher: {
      publish: (_topic: string, some: readonly OutgoingRecord[]) =>
        Promise.resolve(void published.push(...some)),
    },
    now: () => new Date(),
  };
  const run = (options: Partial<ActOptions> = {}) =>
    act({ phone, action: optOut, by: 'spec', dryRun: false, yes: true, ...options }, parts, terminal);
  return { run, records, out, published, terminal };
};

describe('dialog act', () => {
  it('asks the engine, and says under which id', async () => {
    const { run, out, published, records, terminal } = desk();
    await expect(run({ key: 'one' })).resolves.toBe(0);
    await expect(run({ key: 'one' })).resolves.toBe(0);
    expect(out[0]).toMatch(/^operator:/);
    expect(out[1]).toBe(out[0]);
    expect(new Set(published.map(({ value }) => JSON.parse(String(value)).commandId))).toEqual(
      new Set([out[0]]),
    );
    const commandId = out[0] as never;
    await expect(command(records, { commandId, json: false, full: false }, terminal)).resolves.toBe(0);
    expect(out.at(-1)).toMatch(/^OptOutTrainee for .*by spec at .*: accepted$/);
  });

  it('says what would happen, and asks for nothing', async () => {
    const { run, out, published } = desk();
    await expect(run({ dryRun: true })).resolves.toBe(0);
    expect(out).toEqual(['OptOutTrainee would be published']);
    expect(published).toEqual([]);
  });

  it('says why it would lead to nothing', async () => {
    const { run, out, published } = desk();
    await expect(run({ action: { kind: 'message', text: 'Hello' } })).resolves.toBe(1);
    expect(out[0]).toMatch(/^unregistered: /);
    expect(published).toEqual([]);
  });

  it('says until when it may go out', async () => {
    const { run, out } = desk({
      kind: 'open',
      window: { from: Date.UTC(2026, 2, 4, 9), to: Date.UTC(2026, 2, 4, 21) },
    });
    await expect(run({ action: { kind: 'message', text: 'Hello' }, dryRun: true })).resolves.toBe(0);
    expect(out).toEqual(['SendMessage would be published, and may go out until 2026-03-04T21:00:00.000Z']);
  });

  it('says when their hours begin, and sends nothing before', async () => {
    const { run, out, published } = desk({
      kind: 'closed',
      opensAt: Date.UTC(2026, 2, 5, 9),
      next: null,
      zone: null,
    });
    await expect(run({ action: { kind: 'message', text: 'Hello' } })).resolves.toBe(1);
    expect(out[0]).toMatch(/^outsideWindow: .*2026-03-05T09:00:00.000Z/);
    expect(published).toEqual([]);
  });

  it('does nothing without a yes', async () => {
    await expect(desk().run({ yes: false })).rejects.toThrow('nobody to ask');
  });
});
