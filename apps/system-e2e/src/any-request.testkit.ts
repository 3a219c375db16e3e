import type { Route } from '@stopcovid/runtime';
import { bytesOf, type RawRequest } from '@stopcovid/stack';

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export const chanceOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
type Chance = ReturnType<typeof chanceOf>;

const oneOf = <T>(chance: Chance, [first, ...others]: readonly [T, ...T[]]): T =>
  others[Math.floor(chance() * (others.length + 1)) - 1] ?? first;
const times = <T>(chance: Chance, most: number, make: () => T): readonly T[] =>
  Array.from({ length: Math.floor(chance() * (most + 1)) }, make);

const words = [
  '+12025550143',
  '1',
  '0',
  '-1',
  '1e309',
  '9'.repeat(400),
  'null',
  '__proto__',
  'constructor',
  'toString',
  '$where',
  'a.b',
  '../../etc/passwd',
  '\u0000',
  '\ud83d\ude00',
  '\ud800',
  ' ',
  '',
  'true',
  '2026-13-45T99:99:99Z',
  'whatsapp:+12025550143',
  '%',
  '%00',
  '%E4',
  '%2e%2e%2f',
] as const;

/** Any character of one byte but those that end a line or a part of a request's first line. */
const noise = (chance: Chance, most: number): string =>
  times(chance, most, () => String.fromCharCode(33 + Math.floor(chance() * 93))).join('');

const word = (chance: Chance): string => (chance() < 0.7 ? oneOf(chance, words) : noise(chance, 40));

/** A word as a part of an address: encoded, or as it is, which may be wrong. */
const inAddress = (chance: Chance): string => {
  const raw = Buffer.from(word(chance)).toString();
  return chance() < 0.6 ? encodeURIComponent(raw) : raw.replace(/[^!-~]/g, '').replaceAll('#', '');
};

const anyValue = (chance: Chance, names: readonly string[], depth = 0): unknown => {
  const kind = chance();
  if (depth < 4 && kind < 0.35)
    return Object.fromEntries(
      times(chance, 6, () => [
        chance() < 0.7 ? (names[Math.floor(chance() * names.length)] ?? 'a') : word(chance),
        anyValue(chance, names, depth + 1),
      ]),
    );
  if (depth < 4 && kind < 0.5) return times(chance, 5, () => anyValue(chance, names, depth + 1));
  return oneOf<unknown>(chance, [word(chance), word(chance), chance() * 1e6 - 5e5, null, true, 0, '']);
};

/** What fields of requests are called, so that some get past the check of names. */
const names = [
  'phone',
  'text',
  'from',
  'to',
  'media',
  'account',
  'employerId',
  'unitId',
  'labels',
  'language',
  'segmentsPerMonth',
  'Body',
  'From',
  'To',
  'MessageSid',
  'after',
  'limit',
  'cursor',
  'since',
  'until',
  'ownName',
  'errorCode',
  'delayMs',
];

const anyBody = (chance: Chance): Pick<RawRequest, 'headers' | 'body'> => {
  const text = JSON.stringify(anyValue(chance, names)) ?? '';
  const form = times(chance, 8, () => `${oneOf(chance, ['From', ...names])}=${inAddress(chance)}`).join('&');
  return oneOf<Pick<RawRequest, 'headers' | 'body'>>(chance, [
    { headers: [['content-type', 'application/json']], body: text },
    { headers: [['content-type', 'application/json']], body: text.slice(0, chance() * text.length) },
    { headers: [['content-type', 'application/x-www-form-urlencoded']], body: form },
    { headers: [['content-type', noise(chance, 30)]], body: noise(chance, 200) },
    { body: noise(chance, 50) },
    {},
  ]);
};

/** Whoever asks has the right key sometimes, so that what lies behind it is asked too. */
const anyHeaders = (chance: Chance, apiKey: string): NonNullable<RawRequest['headers']> => [
  ...(chance() < 0.6 ? [['authorization', `Bearer ${apiKey}`] as const] : []),
  ...times(chance, 3, () => [`x-${noise(chance, 3).replace(/[^a-z]/g, 'z')}`, noise(chance, 30)] as const),
  ...times(chance, 1, () => ['x-twilio-signature', noise(chance, 28)] as const),
  ...times(chance, 1, () => ['range', noise(chance, 12)] as const),
];

const anyPath = (chance: Chance, { path }: Route): string => {
  const filled = path
    .replace(/:[^/]+/g, () => inAddress(chance) || 'a')
    .replace('*', () => inAddress(chance));
  const query = times(chance, 4, () => `${oneOf(chance, ['limit', ...names])}=${inAddress(chance)}`);
  return (chance() < 0.05 ? `/${inAddress(chance)}` : filled) + (query.length ? `?${query.join('&')}` : '');
};

/** Breaks the HTTP itself: a byte changed, a piece left out or said twice. */
const broken = (chance: Chance, bytes: Buffer): Buffer => {
  const at = Math.floor(chance() * bytes.length);
  const length = Math.floor(chance() * 20);
  return oneOf(chance, [
    Buffer.from(bytes.map((byte, index) => (index === at ? Math.floor(chance() * 256) : byte))),
    bytes.subarray(0, at),
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]),
    Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]),
  ]);
};

/** A request to this route that is likely wrong, and sometimes none at all. */
export const anyRequest = (chance: Chance, route: Route, apiKey: string): Buffer => {
  const { headers = [], body } = anyBody(chance);
  const method = chance() < 0.95 ? route.method : oneOf(chance, ['PATCH', 'OPTIONS', 'TRACE', 'DELETE']);
  const bytes = bytesOf({
    method,
    path: anyPath(chance, route),
    headers: [...headers, ...anyHeaders(chance, apiKey)],
    ...(body === undefined ? {} : { body }),
  });
  return chance() < 0.15 ? broken(chance, bytes) : bytes;
};
