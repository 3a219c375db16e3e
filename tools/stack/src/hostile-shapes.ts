import type { RawRequest } from './raw-http';

const bodyBytes = 64 * 1024;
/** What Node takes of a request before its body, with room for the lines that every request has. */
const headBytes = 15 * 1024;

const filled = (part: string, bytes: number): string => part.repeat(Math.floor(bytes / part.length));
const numbered = (bytes: number, part: (index: number) => string): string => {
  let text = '';
  for (let index = 0; text.length < bytes - 16; index += 1) text += part(index);
  return text;
};

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

export type Shape = Omit<RawRequest, 'method' | 'path'> & {
  /** What is appended to the route's path. */
  readonly suffix?: string;
};

const withBody = (type: string, body: string): Shape => ({ headers: [['content-type', type]], body });
const withHeader = (name: string, value: string): Shape => ({ headers: [[name, value]] });

const nested = (open: string, close: string, inner: string): string => {
  const depth = Math.floor((bodyBytes - inner.length) / (open.length + close.length));
  return open.repeat(depth) + inner + close.repeat(depth);
};

const forms: Readonly<Record<string, string>> = {
  'one name again and again': filled('a&', bodyBytes),
  'one name with values that differ': numbered(bodyBytes, (index) => `a=${index.toString(36)}&`),
  'many names': numbered(bodyBytes, (index) => `${index.toString(36)}&`),
  'one long name': filled('n', bodyBytes),
  'percent signs': `a=${filled('%', bodyBytes - 2)}`,
  'escapes that are not UTF-8': `a=${filled('%E4', bodyBytes - 2)}`,
  'plus signs': `a=${filled('+', bodyBytes - 2)}`,
  'separators alone': filled('&', bodyBytes),
  'equals signs': filled('=', bodyBytes),
  'names of the prototype': filled('__proto__=1&constructor=2&', bodyBytes),
  'names in brackets': filled('a[b][c]=1&', bodyBytes),
};

const jsons: Readonly<Record<string, string>> = {
  'lists in lists': nested('[', ']', '1'),
  'objects in objects': nested('{"a":', '}', '1'),
  'lists that never close': filled('[', bodyBytes),
  'many names': `{${numbered(bodyBytes, (index) => `"${index.toString(36)}":0,`)}"z":0}`,
  'one long number': filled('9', bodyBytes),
  'one long string of escapes': `"${filled('\\u00e4', bodyBytes - 2)}"`,
  'names of the prototype': `{${filled('"__proto__":{},', bodyBytes - 8)}"z":0}`,
  'spaces alone': filled(' ', bodyBytes),
};

const heads: Readonly<Record<string, Shape>> = {
  'many headers': {
    headers: Array.from({ length: Math.floor(headBytes / 12) }, (_, index) => [
      `x-${index.toString(36)}`,
      '1',
    ]),
  },
  'one header again and again': {
    headers: Array.from({ length: Math.floor(headBytes / 8) }, () => ['x-a', '1']),
  },
  'one long header': withHeader('x-long', filled('v', headBytes)),
  'many cookies': withHeader(
    'cookie',
    numbered(headBytes, (index) => `${index.toString(36)}=1; `),
  ),
  'many ranges': withHeader('range', `bytes=0-0${filled(',0-0', headBytes - 16)}`),
  'many accepted types': withHeader('accept', filled('a/b;q=0.1,', headBytes)),
  'many accepted encodings': withHeader('accept-encoding', filled('gzip;q=0.1,', headBytes)),
  'many forwarders': withHeader('x-forwarded-for', filled('10.0.0.1, ', headBytes)),
  'many tags to match': withHeader('if-none-match', filled('W/"a", ', headBytes)),
  'a long key': withHeader('authorization', `Bearer ${filled('k', headBytes)}`),
  'a key of spaces': withHeader('authorization', `Bearer ${filled(' ', headBytes)}k`),
  'a long signature': withHeader('x-twilio-signature', filled('s', headBytes)),
  'a content type of many parameters': withHeader('content-type', `${json}${filled('; a=b', headBytes)}`),
  'a date of digits': withHeader('if-modified-since', filled('9', headBytes)),
};

const queries: Readonly<Record<string, string>> = {
  'one parameter again and again': `?${filled('a&', headBytes)}`,
  'many parameters': `?${numbered(headBytes, (index) => `${index.toString(36)}&`)}`,
  'percent signs': `?a=${filled('%', headBytes)}`,
  'escapes that are not UTF-8': `?a=${filled('%E4', headBytes)}`,
  'question marks': filled('?', headBytes),
};

const paths: Readonly<Record<string, string>> = {
  'a deep path': filled('/a', headBytes),
  'slashes alone': filled('/', headBytes),
  'a path of dots': filled('/..', headBytes),
  'escaped slashes and dots': filled('/%2e%2e%2f', headBytes),
  'a long word': `/${filled('w', headBytes)}`,
  semicolons: `/${filled(';', headBytes)}`,
};

const named = <T>(
  kind: string,
  entries: Readonly<Record<string, T>>,
  shape: (entry: T) => Shape,
): readonly (readonly [string, Shape])[] =>
  Object.entries(entries).map(([name, entry]) => [`${kind} ${name}`, shape(entry)]);

const chunked = (size: number): string =>
  `${filled(`${size.toString(16)}\r\n${filled('c', size)}\r\n`, bodyBytes)}0\r\n\r\n`;

/** Requests as large as a server of ours takes them, each of a shape that costs a careless reader most. */
export const hostileShapes: ReadonlyMap<string, Shape> = new Map([
  ...named('form:', forms, (body) => withBody(form, body)),
  ...named('JSON:', jsons, (body) => withBody(json, body)),
  ...named('bytes:', { 'of no type': filled('\u0000', bodyBytes) }, (body) => withBody('text/plain', body)),
  ...named('multipart:', { 'many parts': filled('--b\r\n\r\n', bodyBytes) }, (body) =>
    withBody('multipart/form-data; boundary=b', body),
  ),
  ...named('chunks:', { 'of one byte': chunked(1) }, (body): Shape => ({
    headers: [
      ['content-type', form],
      ['transfer-encoding', 'chunked'],
    ],
    body,
  })),
  ...named('head:', heads, (head) => head),
  ...named('query:', queries, (suffix): Shape => ({ suffix })),
  ...named('path:', paths, (suffix): Shape => ({ suffix })),
]);

/** What nobody would call strange, of this size; what others are measured against. */
export const ordinaryShape: Shape = withBody(form, `Body=${filled('a', bodyBytes - 5)}`);
