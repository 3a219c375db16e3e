import {
  decodeBatch,
  decodeCommand,
  decodeLogRecord,
  encodeBatch,
  encodeCommand,
  encodeLogRecord,
} from './codec';
import type { Decoded } from './codec';
import { dialogCommandSchema } from './commands';
import { drillContentSchema } from './drill';
import { dialogEventSchema, eventTypes } from './events';
import { examples, examplesOf } from './examples.testkit';
import { smsLogRecordSchema } from './sms-log';

const commandTypes = dialogCommandSchema.options.map((option) => option.shape.type.value);
const logTypes = smsLogRecordSchema.options.map((option) => option.shape.type.value);
const batches = examplesOf('batch');

const valueOf = <T>(decoded: Decoded<T>): T => {
  if (!decoded.ok) throw new Error(`${decoded.error.code}: ${decoded.error.reason}`);
  return decoded.value;
};

const reencodedBatch = (wire: string): string => {
  const { unknownEvents, ...batch } = valueOf(decodeBatch(wire));
  expect(unknownEvents).toEqual([]);
  return encodeBatch(batch);
};

describe('the examples', () => {
  it.each([...commandTypes, ...logTypes, 'DrillContent'])('hold at least one %s', (type) => {
    expect(examplesOf(type).length).toBeGreaterThan(0);
  });

  it.each(eventTypes)('hold at least one batch with %s', (type) => {
    const holding = batches.filter(({ wire }) =>
      valueOf(decodeBatch(wire)).events.some((event) => event.type === type),
    );
    expect(holding.length).toBeGreaterThan(0);
  });

  it.each(commandTypes.flatMap(examplesOf))(
    '$name comes through decoding and encoding unchanged',
    ({ wire }) => {
      expect(encodeCommand(valueOf(decodeCommand(wire)))).toBe(wire);
    },
  );

  it.each(logTypes.flatMap(examplesOf))('$name comes through decoding and encoding unchanged', ({ wire }) => {
    expect(encodeLogRecord(valueOf(decodeLogRecord(wire)))).toBe(wire);
  });

  it.each(batches)('$name comes through decoding and encoding unchanged', ({ wire }) => {
    expect(reencodedBatch(wire)).toBe(wire);
  });

  it.each(examplesOf('DrillContent'))('$name comes through parsing unchanged', ({ wire }) => {
    expect(JSON.stringify(drillContentSchema.parse(JSON.parse(wire)))).toBe(wire);
  });

  it.each([...dialogCommandSchema.options, ...smsLogRecordSchema.options])(
    'use every field of $shape.type.value at least once',
    ({ shape }) => {
      const used = examplesOf(shape.type.value).flatMap(({ value }) => Object.keys(Object(value)));
      expect([...new Set(used)].sort()).toEqual(Object.keys(shape).sort());
    },
  );

  it.each(dialogEventSchema.options)('use every field of $shape.type.value at least once', ({ shape }) => {
    const events = batches.flatMap(({ wire }) => valueOf(decodeBatch(wire)).events);
    const used = events
      .filter(({ type }) => type === shape.type.value)
      .flatMap((event) => Object.keys(event));
    expect([...new Set(used)].sort()).toEqual(Object.keys(shape).sort());
  });

  it('are all of a type that somebody reads', () => {
    const read = [...commandTypes, ...logTypes, 'batch', 'DrillContent'].flatMap(examplesOf);
    expect(read.map(({ name }) => name).sort()).toEqual(examples.map(({ name }) => name));
  });
});
