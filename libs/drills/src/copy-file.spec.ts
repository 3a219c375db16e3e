import { copyLanguages, copyOf, sentenceKeys } from '@stopcovid/sms-copy';
import { lintFiles } from './lint';
import { formatProblem } from './problem';

const files = [
  { path: 'course.yaml', text: 'drills: [hands]\n' },
  { path: 'hands.yaml', text: 'languages: [en]\ntitle: Hands\nprompts:\n  - { slug: bye, messages: Bye }\n' },
];

const lint = (text: string) => lintFiles([...files, { path: 'copy.yaml', text }]);
const said = (text: string): readonly string[] => lint(text).problems.map(formatProblem);

const mine =
  "sentences:\n  praise: { en: 'Well done, {{name}}!' }\nemployers:\n  acme:\n    thanks: { es: 'A ti' }\n";
const one = (field: string): string => `sentences:\n  ${field}\n`;

describe('our sentences, said otherwise in a file beside the course', () => {
  it('are no drill, and come with the catalogue', () => {
    const { catalogue, problems } = lint(mine);
    expect(problems).toEqual([]);
    expect(catalogue?.copy).toEqual({
      sentences: { praise: { en: 'Well done, {{name}}!' } },
      employers: { acme: { thanks: { es: 'A ti' } } },
    });
    expect([...(catalogue?.revisions.keys() ?? [])]).toEqual(['hands']);
  });

  it('are not needed', () => expect(lintFiles(files).catalogue).not.toHaveProperty('copy'));

  it('make another catalogue when they change', () =>
    expect(lint(mine).catalogue?.version).not.toBe(lint(mine.replace('A ti', 'De nada')).catalogue?.version));

  it.each([
    [one('prase: { en: Yes }'), /copy\.yaml:2:\d+ error unknown-field 'prase'.*did you mean 'praise'/],
    ['sentence: {}\n', /1:\d+ error unknown-field 'sentence'.*did you mean 'sentences'/],
    ['employers:\n  acme:\n    prase: { en: Yes }\n', /3:\d+ error unknown-field .*did you mean 'praise'/],
    ["employers:\n  ' ': { praise: { en: Yes } }\n", /2:\d+ error bad-value/],
    [one('praise: Yes!'), /2:\d+ error wrong-type/],
    [one('praise: { english: Yes }'), /2:\d+ error bad-value/],
    [one('praise: { en: " " }'), /2:\d+ error bad-value is empty/],
    [one('praise: {}'), /2:\d+ error bad-value must hold at least one language/],
    [one(`praise: { en: ${'x'.repeat(1_601)} }`), /2:\d+ error bad-value has more characters/],
    [one("praise: { en: 'Yes {{nmae}}' }"), /placeholder-unknown \[en\] {{nmae}} .*did you mean 'name'/],
    [one("moreWord: { en: '{{name}}' }"), /error placeholder-unknown .*none here/],
    [one("praise: { en: 'Yes {{ first name }}' }"), /error placeholder-malformed/],
    [one("praise: { en: 'Yes {name}' }"), /error placeholder-malformed/],
    [one("reveal: { en: 'It was another.' }"), /warning copy-lacks-placeholder .*{{correctAnswer}}/],
    [one("optedOut: { es: 'Listo.' }"), /warning copy-lacks-placeholder \[es\] .*{{start}}/],
    [one('moreWord: { en: FURTHER }'), /error copy-word-unheard .*'FURTHER'.*'more'/],
    [one('startWord: { en: STOP }'), /error copy-word-unheard/],
    [
      one(`thanks: { en: ${'welcome '.repeat(45)} }`),
      /warning copy-costs-more \[en\] 'thanks' takes 3 segments; ours takes 1/,
    ],
    [one("praise: { en: 'Yes…' }"), /warning ucs2-surprise/],
    [one('praise: { vi: Đúng }'), /2:\d+ error copy-incomplete 'vi' .*lacks yourCompany, /],
    ['employers:\n  acme: { praise: { vi: Đúng } }\n', /2:\d+ error copy-incomplete/],
    ['- praise\n', /1:1 error wrong-type/],
  ])('say of %j what is wrong, and where', (text, problem) => expect(said(text).join('\n')).toMatch(problem));

  it.each([
    ['the word itself', one("optedOut: { en: 'Bye. START brings us back.' }")],
    ['a word that means the same', one('moreWord: { fr: ENCORE }')],
    ['a right mark of its own language', one("praise: { es: '¡Así es!' }")],
  ])('may have %s', (_what, text) => expect(said(text)).toEqual([]));

  it.each(copyLanguages)('are sound as we have them in %s', (language) => {
    const sentences = Object.fromEntries(
      Object.entries(copyOf(language)).map(([key, text]) => [key, { [language]: text }]),
    );
    expect(said(JSON.stringify({ sentences }))).toEqual([]);
  });

  it('may be in a language that we lack, once all are there; an employer then changes single ones', () => {
    const sentences = Object.fromEntries(sentenceKeys.map((key) => [key, { vi: copyOf('en')[key] }]));
    expect(said(JSON.stringify({ sentences, employers: { acme: { praise: { vi: 'Ok' } } } }))).toEqual([]);
  });
});
