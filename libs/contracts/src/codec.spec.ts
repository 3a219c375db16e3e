import fc from 'fast-check';
import { decodeBatch, decodeCommand, decodeLogRecord, encodeBatch, encodeCommand, optOutIn } from './codec';
import type { Decoded } from './codec';
import { exampleWith, examplesOf } from './examples.testkit';
import { phoneSchema, timestampSchema } from './ids';

const valueOf = <T>(decoded: Decoded<T>): T => {
  if (!decoded.ok) throw new Error(`${decoded.error.code}: ${decoded.error.reason}`);
  return decoded.value;
};
const codeOf = (decoded: Decoded<unknown>): string => (decoded.ok ? 'ok' : decoded.error.code);
const reasonOf = (decoded: Decoded<unknown>): string => (decoded.ok ? 'ok' : decoded.error.reason);

const kindOf = (decoded: Decoded<unknown>): string => (decoded.ok ? 'ok' : decoded.error.kind);

const decoders = [
  { what: 'a command', decode: decodeCommand, type: 'ReceiveSms' },
  { what: 'a log record', decode: decodeLogRecord, type: 'SmsReceived' },
  { what: 'a batch', decode: decodeBatch, type: 'batch' },
] as const;

const typeIn = (type: string): string => JSON.stringify(JSON.parse(exampleWith(type)).type);

describe.each(decoders)('$what', ({ decode, type }) => {
  it.each([
    ['half a record', '{"type":', 'NOT_JSON'],
    ['nothing', '', 'NOT_JSON'],
    ['a list', '[]', 'NOT_JSON'],
    ['null', 'null', 'NOT_JSON'],
    ['a word', '"ReceiveSms"', 'NOT_JSON'],
    ['a record without a type', '{}', 'UNKNOWN_TYPE'],
    ['a type that is not a text', '{"type":["ReceiveSms"]}', 'UNKNOWN_TYPE'],
    ['a type that objects inherit', '{"type":"constructor"}', 'UNKNOWN_TYPE'],
    ['a type born tomorrow', exampleWith(type, { type: 'Teleport' }), 'UNKNOWN_TYPE'],
    ['a version born tomorrow', exampleWith(type, { schemaVersion: 2 }), 'UNKNOWN_SCHEMA_VERSION'],
    ['no version', exampleWith(type, { schemaVersion: undefined }), 'UNKNOWN_SCHEMA_VERSION'],
    ['no phone', exampleWith(type, { phone: undefined }), 'INVALID'],
    ['a number as phone', exampleWith(type, { phone: 12025550143 }), 'INVALID'],
    ['a time in words', exampleWith(type, { at: 'yesterday' }), 'INVALID'],
  ])('made of %s is refused with its code', (_what, wire, code) => {
    expect(codeOf(decode(wire))).toBe(code);
  });

  it.each([
    ['half a record', '{"type":', 'poison'],
    ['a record without a type', '{}', 'poison'],
    ['a type that is not a text', exampleWith(type, { type: ['Teleport'] }), 'poison'],
    ['a type that objects inherit', exampleWith(type, { type: 'constructor' }), 'poison'],
    ['a type born tomorrow', exampleWith(type, { type: 'Teleport' }), 'future'],
    ['nothing but a type born tomorrow', '{"type":"Teleport"}', 'future'],
    ['a version born tomorrow', exampleWith(type, { schemaVersion: 2 }), 'future'],
    ['a version born tomorrow that renames all', `{"type":${typeIn(type)},"schemaVersion":3}`, 'future'],
    ['a version before the first', exampleWith(type, { schemaVersion: 0 }), 'poison'],
    ['half a version', exampleWith(type, { schemaVersion: 1.5 }), 'poison'],
    ['a version in quotes', exampleWith(type, { schemaVersion: '2' }), 'poison'],
    ['no version', exampleWith(type, { schemaVersion: undefined }), 'poison'],
    ['no phone', exampleWith(type, { phone: undefined }), 'poison'],
    ['a time in words', exampleWith(type, { at: 'yesterday' }), 'poison'],
  ])('made of %s is poison, or comes from the future', (_what, wire, kind) => {
    expect(kindOf(decode(wire))).toBe(kind);
  });

  it('is read from bytes as from text', () => {
    const wire = exampleWith(type);
    const padded = Buffer.from(`xx${wire}`).subarray(2);
    expect(decode(padded)).toEqual(decode(wire));
    expect(codeOf(decode(wire))).toBe('ok');
  });

  it('loses fields that this reader does not know', () => {
    expect(decode(exampleWith(type, { mood: 'sunny' }))).toEqual(decode(exampleWith(type)));
  });

  it('is refused without repeating what it says: it may be personal', () => {
    expect(reasonOf(decode(exampleWith(type, { phone: 'Rosa 555-0143' })))).not.toContain('Rosa');
  });

  it('leaves every prototype alone when it names one', () => {
    const wire = exampleWith(type).replace('{', '{"__proto__":{"admin":true},"constructor":{"admin":true},');
    const value = valueOf<object>(decode(wire));
    expect(Object.keys(value)).not.toContain('constructor');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('admin' in value || 'admin' in {}).toBe(false);
  });

  it('never makes the decoder throw, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => !decode(bytes).ok));
    fc.assert(fc.property(fc.json(), (wire) => !decode(wire).ok));
  });
});

describe('ReceiveSms', () => {
  it('keeps the text as it was typed, broken surrogates and NUL included', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 1_600 });
    const odd = fc.constantFrom('\u0000', '\ud83d', '\udc4d\ud83d', '\u202eabc', '😀'.repeat(1_600), '');
    fc.assert(
      fc.property(fc.oneof(texts, odd), (text) => {
        const command = valueOf(decodeCommand(exampleWith('ReceiveSms', { text })));
        expect(command).toMatchObject({ text });
        expect(valueOf(decodeCommand(encodeCommand(command)))).toEqual(command);
        expect(valueOf(decodeCommand(Buffer.from(encodeCommand(command))))).toEqual(command);
      }),
    );
  });

  it.each([
    ['a text of 6,400 units', { text: 'x'.repeat(6_400) }, 'ok'],
    ['a text of 6,401 units', { text: 'x'.repeat(6_401) }, 'INVALID'],
    ['a command id of 128 characters', { commandId: 'x'.repeat(128) }, 'ok'],
    ['a command id of 129 characters', { commandId: 'x'.repeat(129) }, 'INVALID'],
    ['an empty command id', { commandId: '' }, 'INVALID'],
    ['no attachments', { media: 0 }, 'ok'],
    ['half an attachment', { media: 0.5 }, 'INVALID'],
  ])('with %s is %s', (_what, changes, code) => {
    expect(codeOf(decodeCommand(exampleWith('ReceiveSms', changes)))).toBe(code);
  });
});

describe('UpdateTrainee', () => {
  const withProfile = (json: string): Decoded<unknown> =>
    decodeCommand(exampleWith('UpdateTrainee', { profile: 0 }).replace('"profile":0', `"profile":${json}`));

  it.each([
    ['optedOut', '{"optedOut":true}'],
    ['a field that we do not know', '{"nmae":"Rosa"}'],
    ['constructor', '{"constructor":"x"}'],
    ['an answer under a name with a dot', '{"answers":{"a.b":"x"}}'],
    ['an answer that is an object', '{"answers":{"job":{"$gt":""}}}'],
    ['a language in words', '{"language":"Spanish"}'],
    ['an empty name', '{"name":""}'],
  ])('is refused with %s in the profile', (_what, json) => {
    expect(codeOf(withProfile(json))).toBe('INVALID');
  });

  it.each(['{"__proto__":{"name":"x"}}', '{"answers":{"__proto__":"x"}}'])(
    'takes nothing from the prototype in %s',
    (json) => {
      const decoded = withProfile(json);
      expect(JSON.stringify(decoded)).not.toContain('"x"');
      expect(({} as { name?: string }).name).toBeUndefined();
    },
  );

  it('is refused with an unknown field in the account', () => {
    const wire = exampleWith('UpdateTrainee', { account: { employerName: 'Casa Verde', owner: true } });
    expect(codeOf(decodeCommand(wire))).toBe('INVALID');
  });
});

describe('what is decoded', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 64 });
  const field = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,20}$/);
  const value = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer());
  const answers = fc.dictionary(field, value, { noNullPrototype: true });
  const profile = fc.record({ name: text, timeZone: text, answers }, { requiredKeys: [] });
  const account = fc.record(
    { employerName: text.filter((name) => name.trim() !== ''), labels: fc.array(text, { maxLength: 5 }) },
    { requiredKeys: [] },
  );

  it('is what was encoded, for any profile and account', () => {
    fc.assert(
      fc.property(profile, account, (p, a) => {
        const wire = exampleWith('UpdateTrainee', { profile: p, account: a });
        const decoded = valueOf(decodeCommand(wire));
        expect(decoded).toEqual(JSON.parse(wire));
        expect(valueOf(decodeCommand(encodeCommand(decoded)))).toEqual(decoded);
      }),
    );
  });

  it('of a batch is what was encoded, for any name and answers', () => {
    const known = fc.dictionary(field, fc.oneof(text, fc.boolean(), fc.integer()), { noNullPrototype: true });
    fc.assert(
      fc.property(text, known, (name, kept) => {
        const profile = { name, language: 'en', answers: kept };
        const wire = exampleWith('batch', {
          trainee: { registration: null, optedOut: false, profile, account: {} },
        });
        const { unknownEvents, ...batch } = valueOf(decodeBatch(wire));
        expect(unknownEvents).toEqual([]);
        expect(JSON.parse(encodeBatch(batch))).toEqual(JSON.parse(wire));
      }),
    );
  });
});

describe('SendMessage', () => {
  it.each([
    ['nothing to send', {}, 'INVALID'],
    ['a text', { text: 'Hello' }, 'ok'],
    ['a picture', { mediaUrl: 'https://media.example.com/a.jpg' }, 'ok'],
    ['a file of ours as a picture', { mediaUrl: 'file:///etc/passwd' }, 'INVALID'],
    ['a text of 1,601 characters', { text: 'x'.repeat(1_601) }, 'INVALID'],
    ['a notice', { notice: 'NoMoreDrills' }, 'ok'],
    ['a notice and a text', { notice: 'NoMoreDrills', text: 'Hello' }, 'INVALID'],
    ['a notice that we do not have', { notice: 'Hurry' }, 'UNKNOWN_VALUE'],
  ])('with %s is %s', (_what, changes, code) => {
    const bare = { text: undefined, mediaUrl: undefined, ...changes };
    expect(codeOf(decodeCommand(exampleWith('SendMessage', bare)))).toBe(code);
  });
});

describe('a batch', () => {
  it('names events that this reader does not know, and keeps the others', () => {
    const [first] = examplesOf('batch-completed');
    const { events } = valueOf(decodeBatch(first?.wire ?? ''));
    const wire = JSON.stringify({
      ...Object(first?.value),
      events: [{ type: 'DrillSkipped' }, ...events, 7],
    });
    const decoded = valueOf(decodeBatch(wire));
    expect(decoded.events).toEqual(events);
    expect(decoded.unknownEvents).toEqual(['DrillSkipped', 'not an event']);
  });

  it('loses fields of a profile that this reader does not know', () => {
    const updated = { type: 'TraineeUpdated', profile: { name: 'Rosa', nickname: 'Ro' }, account: {} };
    const { events } = valueOf(decodeBatch(exampleWith('batch', { events: [updated] })));
    expect(events).toEqual([{ ...updated, profile: { name: 'Rosa' } }]);
  });

  it.each([
    ['no list of events', { events: undefined }],
    ['an event that lacks a field', { events: [{ type: 'RegistrationRefused', code: 'x' }] }],
    ['version 0', { version: 0 }],
    ['half a version', { version: 1.5 }],
  ])('with %s is invalid', (_what, changes) => {
    expect(codeOf(decodeBatch(exampleWith('batch', changes)))).toBe('INVALID');
  });
});

describe('a record of ours with a name that we do not know', () => {
  const batch = (...events: readonly object[]): string => exampleWith('batch', { events });
  const run = { runId: 'r', drill: 'hands' };
  const left = (reason: unknown): object => ({ type: 'DrillAbandoned', ...run, reason });
  const optedIn = { type: 'TraineeOptedIn', source: 'text', word: 'START' };
  const trainee = {
    registration: null,
    optedOut: false,
    profile: { language: 'en', answers: {} },
    account: {},
  };

  it.each([
    ['a channel', decodeCommand(exampleWith('ReceiveSms', { channel: 'rcs' })), 'future'],
    ['a channel that is a number', decodeCommand(exampleWith('ReceiveSms', { channel: 3 })), 'poison'],
    ['a channel that is empty', decodeCommand(exampleWith('ReceiveSms', { channel: '' })), 'poison'],
    ['a channel in words', decodeCommand(exampleWith('ReceiveSms', { channel: 'by mail' })), 'poison'],
    [
      'a channel, and no text',
      decodeCommand(exampleWith('ReceiveSms', { channel: 'rcs', text: undefined })),
      'poison',
    ],
    ['a reason to start', decodeCommand(exampleWith('StartDrill', { reason: 'birthday' })), 'future'],
    ['no reason to start', decodeCommand(exampleWith('StartDrill', { reason: undefined })), 'poison'],
    ['a status', decodeLogRecord(exampleWith('SmsStatusChanged', { status: 'pending' })), 'future'],
    ["an event's reason", decodeBatch(batch(left('bored'))), 'future'],
    ["an event's reason in JSON of another kind", decodeBatch(batch(left(['bored']))), 'poison'],
    ['a source where there was one', decodeBatch(batch({ ...optedIn, source: 'website' })), 'future'],
    ['a yes where only yes is said', decodeBatch(batch({ ...left('updated'), runId: true })), 'poison'],
    ['two events’ reasons', decodeBatch(batch(left('bored'), left('tired'))), 'future'],
    [
      'one event’s reason beside a broken event',
      decodeBatch(batch(left('bored'), left(undefined))),
      'poison',
    ],
    [
      'a channel of the trainee',
      decodeBatch(exampleWith('batch', { trainee: { ...trainee, channel: 'rcs' } })),
      'future',
    ],
    [
      'a channel of the trainee beside a broken event',
      decodeBatch(exampleWith('batch', { trainee: { ...trainee, channel: 'rcs' }, events: [left(1)] })),
      'poison',
    ],
  ])('for %s comes from the future, unless something in it is broken', (_what, decoded, kind) => {
    expect(kindOf(decoded)).toBe(kind);
    expect(codeOf(decoded)).toBe(kind === 'future' ? 'UNKNOWN_VALUE' : 'INVALID');
    expect(reasonOf(decoded)).not.toMatch(/rcs|bored|birthday|mail/);
  });
});

describe('the opt-out of a batch that only a later release can read', () => {
  const later = { schemaVersion: 2, version: 7, events: 'in another form', commandType: 3 };

  it.each([
    ['is read where every release says it', { ...later, trainee: { optedOut: true } }, 7],
    ['is none where it does not say so', { ...later, trainee: { optedOut: false } }, undefined],
    ['is none without a trainee', { ...later, trainee: null }, undefined],
    ['is none without its place in the order', { trainee: { optedOut: true }, version: 0 }, undefined],
  ])('%s', (_what, changes, version) => {
    const wire = exampleWith('batch', changes);
    expect(kindOf(decodeBatch(wire))).not.toBe('ok');
    expect(optOutIn(wire)).toBe(version);
  });

  it('is none in what is no JSON', () => {
    expect(optOutIn('{"version":')).toBeUndefined();
  });
});

describe('a phone number', () => {
  it.each([
    ['+12025550143', true],
    ['+4930123456', true],
    ['+2901234', true],
    ['+123456789012345', true],
    ['+1234567890123456', false],
    ['+123456', false],
    ['+02025550143', false],
    ['12025550143', false],
    ['+1 202 555 0143', false],
    ['+1202555014３', false],
    ['+12025550143\n', false],
    ['whatsapp:+12025550143', false],
    ['', false],
  ])('%j in E.164 is %s', (text, good) => {
    expect(phoneSchema.safeParse(text).success).toBe(good);
  });
});

describe('a time', () => {
  it.each([
    ['2026-03-01T17:05:00.000Z', true],
    ['2026-03-01T17:05:00Z', true],
    ['2024-02-29T00:00:00Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-03-01T17:05:00+01:00', false],
    ['2026-03-01 17:05:00', false],
    ['2026-13-01T00:00:00Z', false],
    ['1772384700000', false],
    ['9999-12-31T23:59:59Z', false],
    ['1999-12-31T23:59:59.999Z', false],
    ['2199-12-31T23:59:59Z', true],
  ])('%s in ISO 8601 UTC is %s', (text, good) => {
    expect(timestampSchema.safeParse(text).success).toBe(good);
  });
});
