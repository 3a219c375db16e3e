import { copyOf } from './copy';
import { parseCopyOverrides } from './overrides';
import { textsFor } from './texts';
import { batchOf, event, rosa } from './texts.testkit';

describe("a deployment's own sentences", () => {
  it.each([
    ['a list', [], 'the overrides are not an object of languages'],
    ['a language in words', { Spanish: {} }, 'Spanish is not a language: two lower-case letters (ISO 639-1)'],
    ['a language that is a text', { es: 'hola' }, 'es is not an object of sentences'],
    ['a sentence that is a number', { es: { praise: 7 } }, 'es.praise is not a text'],
    ['an empty sentence', { es: { praise: ' ' } }, 'es.praise is empty'],
    ['a long sentence', { es: { praise: 'x'.repeat(1_601) } }, 'es.praise is longer than 1,600 characters'],
    [
      'a word with a placeholder',
      { es: { moreWord: '{{name}}' } },
      'es.moreWord asks for {{name}}; it may ask for nothing',
    ],
  ])('with %s are refused', (_what, json, problem) => {
    expect(parseCopyOverrides(json)).toEqual({ ok: false, problems: [problem] });
  });

  it('are refused with every problem at once, each with its place', () => {
    const parsed = parseCopyOverrides({ en: { prase: 'Yes!' }, es: { praise: '{{nmae}}' } });
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      expect.stringMatching(/^en\.prase is not one of our sentences: yourCompany, /),
      expect.stringMatching(/^es\.praise asks for \{\{nmae\}\}; it may ask for name, company, /),
    ]);
  });

  it('in a language that we lack must be complete', () => {
    const parsed = parseCopyOverrides({ vi: { ...copyOf('en'), praise: undefined } });
    expect(parsed.ok ? [] : parsed.problems).toEqual(['vi.praise is not a text']);
    expect(parseCopyOverrides({ vi: {} }).ok).toBe(false);
  });

  it('are read in place of ours, and ours where there are none', () => {
    const parsed = parseCopyOverrides({
      en: { praise: 'Well done, {{name}}!' },
      vi: { ...copyOf('en'), praise: 'Đúng!' },
    });
    if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
    const praised = (language: string): readonly string[] =>
      textsFor(batchOf(rosa({ language }), event('PromptCompleted')), parsed).map(({ body }) => body);
    expect(['en', 'vi', 'es', 'de'].map(praised)).toEqual([
      ['Well done, Rosa!'],
      ['Đúng!'],
      [copyOf('es').praise],
      ['Well done, Rosa!'],
    ]);
  });

  it('cannot reach a prototype', () => {
    const parsed = parseCopyOverrides(JSON.parse('{"__proto__":{"praise":"x"},"en":{"__proto__":"x"}}'));
    expect(parsed.ok).toBe(false);
  });
});
