import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeBatch,
  decodeCommand,
  decodeLogRecord,
  encodeBatch,
  encodeCommand,
  encodeLogRecord,
  type Decoded,
} from './codec';
import { dialogCommandSchema } from './commands';
import { drillContentSchema } from './drill';
import { smsLogRecordSchema } from './sms-log';

const folder = join(__dirname, '..', 'examples', 'earlier');

const kept = readdirSync(folder).flatMap((release) =>
  readdirSync(join(folder, release)).map((file) => {
    const value: unknown = JSON.parse(readFileSync(join(folder, release, file), 'utf8'));
    return { release, name: file.slice(0, -'.json'.length), value: Object(value) as object };
  }),
);

const typesOf = (schema: typeof dialogCommandSchema | typeof smsLogRecordSchema): ReadonlySet<string> =>
  new Set(schema.options.map(({ shape }) => shape.type.value));
const commandTypes = typesOf(dialogCommandSchema);
const logTypes = typesOf(smsLogRecordSchema);

const valueOf = <T>(decoded: Decoded<T>): T => {
  if (!decoded.ok) throw new Error(`${decoded.error.code}: ${decoded.error.reason}`);
  return decoded.value;
};

const batchReadAgain = (wire: string): string => {
  const { unknownEvents, ...batch } = valueOf(decodeBatch(wire));
  expect(unknownEvents).toEqual([]);
  return encodeBatch(batch);
};

/** What this release takes a record of that name for, as it would write it itself. */
const readAgain = (name: string, wire: string): string => {
  const type = name.split('-')[0] ?? name;
  if (type === 'batch') return batchReadAgain(wire);
  if (commandTypes.has(type)) return encodeCommand(valueOf(decodeCommand(wire)));
  if (logTypes.has(type)) return encodeLogRecord(valueOf(decodeLogRecord(wire)));
  if (type === 'DrillContent') return JSON.stringify(drillContentSchema.parse(JSON.parse(wire)));
  throw new Error(`nobody reads a ${type} any more`);
};

describe('a record of an earlier release', () => {
  it.each(kept)('is read whole: $name of $release', ({ name, value }) => {
    expect(JSON.parse(readAgain(name, JSON.stringify(value)))).toMatchObject(value);
  });

  it.each(kept)('is refused without its phone or its content: $name of $release', ({ name, value }) => {
    const { phone, prompts, ...rest } = { phone: undefined, prompts: undefined, ...value };
    expect([phone, prompts]).not.toEqual([undefined, undefined]);
    expect(() => readAgain(name, JSON.stringify(rest))).toThrow();
  });

  it('of each topic is kept of every release', () => {
    for (const release of readdirSync(folder)) {
      const types = kept
        .filter((each) => each.release === release)
        .map(({ name }) => name.split('-')[0] ?? '');
      expect(types).toEqual(expect.arrayContaining(['ReceiveSms', 'batch', 'SmsSent', 'DrillContent']));
    }
  });
});
