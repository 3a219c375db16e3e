import { copyOf } from './copy';
import type { OwnCopy } from './own-copy';
import { batchOf, event, rosa } from './texts.testkit';
import { textsFor } from './texts';

const own: OwnCopy = {
  sentences: { praise: { en: 'Well done, {{name}}!', vi: 'Đúng!' }, yourCompany: { en: 'the kitchens' } },
  employers: { verde: { praise: { en: 'Olé, {{name}}!' }, support: { es: 'Pregunta en {{company}}.' } } },
};

type Who = { readonly language?: string; readonly employerId?: string };

/** What somebody of an employer reads at an event. */
const read = (type: 'PromptCompleted' | 'SupportRequested', { language = 'en', ...account }: Who): unknown =>
  textsFor(batchOf({ ...rosa({ language }), account }, event(type)), { own })[0]?.body;

describe("a deployment's own sentences", () => {
  it('are read in place of ours, and ours where there are none', () =>
    expect(['en', 'vi', 'es', 'de'].map((language) => read('PromptCompleted', { language }))).toEqual([
      'Well done, Rosa!',
      'Đúng!',
      copyOf('es').praise,
      'Well done, Rosa!',
    ]));

  it("stand back for an employer's, in the language in which there are such", () => {
    const employerId = 'verde';
    expect(read('PromptCompleted', { employerId })).toBe('Olé, Rosa!');
    expect(read('SupportRequested', { employerId, language: 'es' })).toBe('Pregunta en tu empresa.');
    expect(read('SupportRequested', { employerId })).toMatch(/supervisor at the kitchens\.$/);
  });

  it.each(['azul', '__proto__', 'constructor', ''])('are those of everybody for employer %j', (employerId) =>
    expect(read('PromptCompleted', { employerId })).toBe('Well done, Rosa!'),
  );

  it.each(['__proto__', 'constructor'])('cannot reach a prototype by the language %s', (language) =>
    expect(copyOf(language, [{ praise: { en: 'Yes!' } }])).toEqual({ ...copyOf('en'), praise: 'Yes!' }),
  );
});
