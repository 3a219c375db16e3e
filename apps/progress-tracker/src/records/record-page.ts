import { createHash } from 'node:crypto';
import type { RecordVoice } from '@stopcovid/sms-copy';
import { addressOfRecord, type Issuer } from './credential';
import { qrCode } from './qr-code';
import { statusOf, titleIn, type CompletionRecord } from './record';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

const style = `
:root { color-scheme: light dark; --ink: #1a1d21; --soft: #555c66; --page: #f3f4f6; --card: #fff; --line: #d7dbe0; --good: #0b6b3a; --bad: #a3262a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceff3; --soft: #a5adb8; --page: #14171a; --card: #1f2328; --line: #3a4048; --good: #5fd699; --bad: #ff9a94; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 4vh auto 0; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow-wrap: anywhere; }
h1 { margin: .25rem 0 1rem; font-size: 1.6rem; line-height: 1.2; }
p { margin: 0 0 .75rem; }
.status { display: inline-block; margin: 0 0 1rem; padding: .15rem .75rem; border: 2px solid currentColor; border-radius: 2rem; font-weight: 700; }
.valid { color: var(--good); }
.withdrawn { color: var(--bad); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1rem; margin: 0 0 1.25rem; }
dt, .kind, footer { color: var(--soft); }
dd { margin: 0; }
a { color: inherit; }
.qr { display: block; width: 9rem; margin: 0 0 1rem; border-radius: .25rem; }
footer { font-size: .875rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media print {
  :root { --ink: #000; --soft: #333; --page: #fff; --card: #fff; --line: #999; --good: #000; --bad: #000; }
  main { border: 0; margin: 0; }
}
`;

/** What a page of ours may do: show itself, in its own style, in no other page. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-cache',
};

/* Of ISO 639-1; an organisation may have sentences in any language. */
const rightToLeft: ReadonlySet<string> = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

const directionOf = (language: string): 'ltr' | 'rtl' => (rightToLeft.has(language) ? 'rtl' : 'ltr');

/** What a page of a record needs beside it. `holder` is how its trainee may be called there. */
export type PageParts = {
  readonly issuer: Issuer;
  readonly holder: string | undefined;
  readonly voice: RecordVoice;
};
/** A sentence as HTML. */
type Say = (...asked: Parameters<RecordVoice['say']>) => string;

const timeOf = (at: Date, language: string): string => {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return `<time datetime="${at.toISOString()}">${day.format(at)}</time>`;
};

const rowsOf = (rows: readonly (readonly [term: string, html: string])[]): string =>
  rows.map(([term, html]) => `<dt>${term}</dt><dd>${html}</dd>`).join('\n');

/* Which way a name or a title is written, nobody knows here: the browser sees. */
const apart = (text: string): string => `<bdi>${escaped(text)}</bdi>`;

const validRows = (record: CompletionRecord, { holder, voice }: PageParts, say: Say): string => {
  const { right, of } = record.score;
  const scored = { right: String(right), graded: String(of), passMark: String(record.passMark) };
  return rowsOf([
    ...(holder === undefined ? [] : [[say('recordPassedBy'), apart(holder)] as const]),
    [say('recordPassedOn'), timeOf(record.passedAt, voice.language)],
    [say('recordScore'), say('recordScored', scored)],
  ]);
};

const withdrawnRows = (
  { withdrawn, takenBackAt }: CompletionRecord,
  { voice }: PageParts,
  say: Say,
): string => {
  const at = withdrawn?.at ?? takenBackAt;
  return at === undefined ? '' : rowsOf([[say('recordWithdrawnOn'), timeOf(at, voice.language)]]);
};

const headlineOf = (record: CompletionRecord, { language }: RecordVoice): string => {
  const title = titleIn(record, language);
  const its =
    title.language === undefined || title.language === language
      ? ''
      : ` lang="${escaped(title.language)}" dir="${directionOf(title.language)}"`;
  return `<h1${its}>${escaped(title.text)}</h1>`;
};

const proofOf = (address: string, say: Say): string =>
  `<p><a href="${escaped(address)}.jwt" download="record.jwt">${say('recordDownload')}</a></p>
${qrCode(address, say('recordQrCode'))}`;

const bodyOf = (record: CompletionRecord, parts: PageParts, say: Say): string => {
  const address = addressOfRecord(parts.issuer, record);
  const isValid = statusOf(record) === 'valid';
  const status = isValid
    ? `<p class="status valid">✓ ${say('recordValid')}</p>`
    : `<p class="status withdrawn">✕ ${say('recordWithdrawn')}</p>\n<p>${say('recordHoldsNoMore')}${record.erasedAt === undefined ? '' : ` ${say('recordErased')}`}</p>`;
  return `<p class="kind">${say('recordKind')}</p>
${headlineOf(record, parts.voice)}
${status}
<dl>
${rowsOf([[say('recordGivenBy'), apart(parts.issuer.name)]])}
${isValid ? validRows(record, parts, say) : withdrawnRows(record, parts, say)}
</dl>
${isValid ? proofOf(address, say) : ''}
<footer>${say('recordLookHere')} <a href="${escaped(address)}" dir="ltr">${escaped(address)}</a></footer>`;
};

/** The page on which anybody sees whether a record is valid, in the language of its voice. */
export const recordPage = (record: CompletionRecord, parts: PageParts): string => {
  const { issuer, voice } = parts;
  const { language } = voice;
  const say: Say = (...asked) => escaped(voice.say(...asked));
  const status = say(statusOf(record) === 'valid' ? 'recordValid' : 'recordWithdrawn');
  return `<!doctype html>
<html lang="${escaped(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(titleIn(record, language).text)}: ${status} · ${escaped(issuer.name)}</title>
<style>${style}</style>
</head>
<body>
<main>
${bodyOf(record, parts, say)}
</main>
</body>
</html>
`;
};
