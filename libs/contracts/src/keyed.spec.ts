import { decodeCommand } from './codec';
import { exampleWith } from './examples.testkit';
import { decodeKeyed } from './keyed';

const value = Buffer.from(exampleWith('ReceiveSms', {}));
const key: string = JSON.parse(value.toString()).phone;
const spoilt = (change: Record<string, unknown>): Buffer => Buffer.from(exampleWith('ReceiveSms', change));

describe('a record that is keyed by phone', () => {
  it('is taken when its key is the phone that it speaks of', () => {
    expect(decodeKeyed({ key, value }, decodeCommand)).toMatchObject({ ok: true, value: { phone: key } });
  });

  it.each([
    ['without a value', { key, value: null }, 'VALUE_MISSING'],
    ['without a key', { key: null, value }, 'KEY_MISSING'],
    ["under another phone's key", { key: '+12025550199', value }, 'KEY_MISMATCH'],
    ['that is cut off', { key, value: value.subarray(0, 20) }, 'NOT_JSON'],
    ['of no type', { key, value: Buffer.from('{"type":"dance"}') }, 'UNKNOWN_TYPE'],
    ['of a type yet to come under no phone', { key: 'me', value: spoilt({ type: 'Dance' }) }, 'KEY_MISMATCH'],
    ['of the year 9999', { key, value: spoilt({ at: '9999-01-01T00:00:00Z' }) }, 'INVALID'],
    ['of a megabyte', { key, value: spoilt({ text: 'a'.repeat(1_000_000) }) }, 'INVALID'],
  ])('%s is poison, and says why', (_, record, code) => {
    const error = { kind: 'poison', code };
    expect(decodeKeyed(record, decodeCommand)).toMatchObject({ ok: false, error });
  });

  it.each([
    ['of a type yet to come', Buffer.from('{"type":"Dance"}'), 'UNKNOWN_TYPE'],
    ['of a schema yet to come', spoilt({ schemaVersion: 2 }), 'UNKNOWN_SCHEMA_VERSION'],
    ['with a name yet to come', spoilt({ channel: 'rcs' }), 'UNKNOWN_VALUE'],
  ])('%s comes from the future, and says whose it is', (_, future, code) => {
    const error = { kind: 'future', code, phone: key };
    expect(decodeKeyed({ key, value: future }, decodeCommand)).toMatchObject({ ok: false, error });
  });
});
