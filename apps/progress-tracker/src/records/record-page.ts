import { createHash } from 'node:crypto';
import { addressOfRecord, type Issuer } from './credential';
import { qrCode } from './qr-code';
import { nameOfCourse, statusOf, type CompletionRecord } from './record';

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

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

const timeOf = (at: Date): string => `<time datetime="${at.toISOString()}">${day.format(at)}</time>`;

const rowsOf = (rows: readonly (readonly [term: string, html: string])[]): string =>
  rows.map(([term, html]) => `<dt>${term}</dt><dd>${html}</dd>`).join('\n');

const validRows = (record: CompletionRecord, holder: string | undefined): string => {
  const { right, of } = record.score;
  return rowsOf([
    ...(holder === undefined ? [] : [['Passed by', escaped(holder)] as const]),
    ['Passed on', timeOf(record.passedAt)],
    ['Score', `${right} of ${of} right at the first attempt (${record.passMark}% needed)`],
  ]);
};

const withdrawnRows = ({ withdrawn, takenBackAt }: CompletionRecord): string => {
  const at = withdrawn?.at ?? takenBackAt;
  return at === undefined ? '' : rowsOf([['Withdrawn on', timeOf(at)]]);
};

/** The page on which anybody sees whether a record is valid. `holder` is how its trainee may be called there. */
export const recordPage = (issuer: Issuer, record: CompletionRecord, holder: string | undefined): string => {
  const [course, by] = [escaped(nameOfCourse(record.course)), escaped(issuer.name)];
  const address = escaped(addressOfRecord(issuer, record));
  const isValid = statusOf(record) === 'valid';
  const said = isValid
    ? `<p class="status valid">✓ Valid</p>`
    : `<p class="status withdrawn">✕ Withdrawn</p>\n<p>This record holds no more. Do not rely on a copy of it.</p>`;
  const credential = `<p><a href="${address}.jwt" download="record.jwt">Download it, signed, as an Open Badges 3.0 credential</a></p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${course}: ${isValid ? 'valid' : 'withdrawn'} record of ${by}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="kind">Record of a course passed</p>
<h1>${course}</h1>
${said}
<dl>
${rowsOf([['Given out by', by]])}
${isValid ? validRows(record, holder) : withdrawnRows(record)}
</dl>
${isValid ? credential : ''}
${isValid ? qrCode(addressOfRecord(issuer, record), 'QR code of the address of this page') : ''}
<footer>Look here whether it still holds: <a href="${address}">${address}</a></footer>
</main>
</body>
</html>
`;
};
