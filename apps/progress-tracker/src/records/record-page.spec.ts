import { copyLanguages, recordVoice, sentenceKeys, type OwnCopy } from '@stopcovid/sms-copy';
import { recordPage } from './record-page';
import { issuerUrl, recordOf } from './records.testkit';

const title = { en: 'Clean hands', es: 'Manos limpias' };

const shown = (language: string, changes: Parameters<typeof recordOf>[0] = {}, own?: OwnCopy): string =>
  recordPage(recordOf({ title, language, ...changes }), {
    issuer: { name: 'Acme', url: issuerUrl },
    holder: 'M.',
    voice: recordVoice({ language, employerId: 'acme' }, own),
  });

/** What stands between tags. */
const wordsOf = (html: string): readonly string[] =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .split(/<[^>]*>/)
    .map((text) => text.trim())
    .filter((text) => /\p{L}/u.test(text));

const same = ['Acme', 'M.', `${issuerUrl}/records/${recordOf().id}`];

describe.each(copyLanguages)('the page of a record in %s', (language) => {
  it.each([
    ['valid', {}],
    ['withdrawn', { takenBackAt: new Date() }],
  ] as const)('says so, and has no word of another language: %s', (_status, changes) => {
    const html = shown(language, { title: { [language]: 'T' }, ...changes });
    expect(html).toContain(`<html lang="${language}" dir="ltr">`);
    const english = new Set(wordsOf(shown('en', { title: { en: 'E' }, ...changes })));
    const words = wordsOf(html).filter((text) => !same.includes(text));
    expect(words.filter((text) => english.has(text))).toEqual(
      language === 'en' ? words.filter((text) => !/\bT\b/.test(text)) : [],
    );
    expect(words.length).toBeGreaterThan(5);
  });

  it('has the title in it, or says in which language that is', () =>
    expect(shown(language)).toContain(
      {
        en: '<h1>Clean hands</h1>',
        es: '<h1>Manos limpias</h1>',
      }[language as string] ?? '<h1 lang="en" dir="ltr">Clean hands</h1>',
    ));
});

it('the page of a record speaks as the organisation does, from right to left where its language is', () => {
  const sentences = Object.fromEntries(sentenceKeys.map((key) => [key, { ar: `${key} <b>` }]));
  const html = shown(
    'ar',
    {},
    { sentences, employers: { acme: { recordValid: { ar: '\u0635\u0627\u0644\u062d' } } } },
  );
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain('\u2713 \u0635\u0627\u0644\u062d');
  expect(html).toContain('recordKind &lt;b&gt;');
});

it('the page of a record is in English where nobody kept a language, and has the slug in words for a title', () => {
  const voice = recordVoice({ language: 'en' });
  const html = recordPage(recordOf(), { issuer: { name: 'Acme', url: issuerUrl }, holder: undefined, voice });
  expect(html).toContain('<h1>Clean hands</h1>');
});
