import { Readable } from 'node:stream';
import { phoneSchema } from '@stopcovid/contracts';
import type { OutgoingRecord } from '@stopcovid/kafka';
import { inMemoryCommandRecords, inMemoryProgressStore, type Action } from '@stopcovid/progress-tracker';
import { act, type ActOptions } from './act';
import { command } from './command';

const phone = phoneSchema.parse('+12025550143');
const optOut: Action = { kind: 'optOut', detail: 'by letter' };

const desk = () => {
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
    store: inMemoryProgressStore(),
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

  it('does nothing without a yes', async () => {
    await expect(desk().run({ yes: false })).rejects.toThrow('nobody to ask');
  });
});
