import type { LogRecord } from '@stopcovid/kafka';
import { bodyOf, checkRecord, jsonOfRecord, linesOfRecord, redacted } from './record-view';

const phone = '+12025550143';
const command = {
  type: 'ReceiveSms',
  schemaVersion: 1,
  commandId: 'SM1',
  phone,
  at: '2026-03-01T17:05:00.000Z',
  text: 'my name is Rosa',
  media: 0,
};
const record = (changes: Partial<LogRecord> = {}): LogRecord => ({
  topic: 'dialog.commands.v1',
  partition: 3,
  offset: '17',
  key: phone,
  value: Buffer.from(JSON.stringify(command)),
  headers: { trace: `of ${phone}` },
  timestamp: 0,
  ...changes,
});
const shown = (changes: Partial<LogRecord> = {}, full = false) =>
  linesOfRecord(record(changes), full).join('\n');

describe('a record that is shown', () => {
  it('is checked as the reader of its topic would', () => {
    expect(checkRecord(record())).toMatchObject({
      readable: true,
      verdict: 'reads as a command: ReceiveSms',
    });
  });

  it.each<[string, Partial<LogRecord>, string]>([
    ['of another topic', { topic: 'dialog.events.v1' }, 'is not an event batch: UNKNOWN_TYPE'],
    ['of the dead letters', { topic: 'dialog.commands.v1.dead' }, 'reads as a command'],
    ['of a strange topic', { topic: 'letters' }, 'reads as a command'],
    ['of no use', { topic: 'letters', value: Buffer.from('x') }, 'no reader of ours knows'],
    ['without a value', { value: null }, 'VALUE_MISSING'],
    ['without a key', { key: null }, 'KEY_MISSING'],
    ["with another phone's key", { key: '+12025550144' }, 'KEY_MISMATCH'],
    ['cut off', { value: Buffer.from('{"type":') }, 'NOT_JSON'],
  ])('%s says so', (_what, changes, said) => {
    expect(shown(changes)).toContain(said);
  });

  it('keeps phones and what people wrote to itself, unless all is asked for', () => {
    const said = [
      shown(),
      shown({ value: Buffer.from('broken: Rosa') }),
      jsonOfRecord(record(), false),
    ].join();
    expect(said).not.toContain(phone);
    expect(said).not.toContain('Rosa');
    expect(said).toContain('15 characters');
    expect(shown({}, true)).toContain('my name is Rosa');
    expect(shown({}, true)).toContain(phone);
  });

  it('shows no value, JSON, text and other bytes for what they are', () => {
    expect(shown({ value: null })).toContain('null: the record has no value');
    expect(shown({ value: Buffer.from([0xff, 0x00, 0x1b]) })).toContain('ff001b');
    expect(shown({ value: Buffer.from('half a{') }, true)).toContain('half a{');
    expect(bodyOf(Buffer.from(''))).toEqual({ kind: 'text', text: '' });
    expect(bodyOf(Buffer.from('\u001b[2J'))).toMatchObject({ kind: 'binary' });
  });

  it('cuts a long body off and says so', () => {
    const value = Buffer.from(JSON.stringify({ type: 'x'.repeat(1_000_000) }));
    expect(shown({ value }).length).toBeLessThan(25_000);
    expect(shown({ value })).toContain('--full shows all');
    expect(shown({ value }, true).length).toBeGreaterThan(1_000_000);
  });

  it('loses its personal fields at every depth', () => {
    expect(
      redacted({ events: [{ response: 'no', prompt: 'a' }], trainee: { profile: { answers: {} } } }),
    ).toEqual({
      events: [{ response: '••• (2 characters)', prompt: 'a' }],
      trainee: { profile: { answers: '•••' } },
    });
  });
});
