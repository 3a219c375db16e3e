import { defaultKeywords } from './keyword-table';
import { given, registered, started } from './dialog.testkit';
import { compileKeywords, extendKeywords, keywordCollisions, meaningOf, reservedAnswer } from './keywords';
import { answeringRow, meanings, type WordKind } from './meanings';
import { plainText } from './plain-text';

const index = compileKeywords(defaultKeywords);

describe('what words mean', () => {
  it.each([
    ...['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'],
    ...['OPT-OUT', 'opt out', 'Stop all', 'stop!', 'REMOVE', 'please stop', '“Stop.”'],
    ...['ALTO', 'Baja', 'cancelar', 'PARAR', 'detener', 'salir'],
    ...['ARRET', 'ARRÊT', 'arre\u0302t', 'ARRÊTER', 'désabonner', 'DESABONNER'],
    'ឈប់',
  ])('opts out on %s', (text) => expect(meaningOf(index, text)).toEqual({ kind: 'optOut' }));

  it.each([
    'START',
    'YES',
    'UNSTOP',
    'Go',
    'RESUME',
    'comenzar',
    'INICIAR',
    'empezar',
    'sí',
    'SI',
    'si\u0301',
  ])('opts in on %s', (text) => expect(index.optIn.has(plainText(text))).toBe(true));
  it.each(['REPRENDRE', 'commencer', 'OUI', 'ចាប់ផ្តើម'])('opts in on %s', (text) =>
    expect(index.optIn.has(plainText(text))).toBe(true),
  );

  it.each([
    ['HELP', 'help'],
    ['aide', 'help'],
    ['menú', 'menu'],
    ['MENU', 'menu'],
    ['support', 'support'],
    ['ayuda', 'support'],
    ['INFO', 'info'],
    ['dashboard', 'info'],
    ['tablero', 'info'],
    ['demo', 'demo'],
    ['MORE', 'next'],
    ['mas', 'next'],
    ['MÁS', 'next'],
    ...['go', 'next', 'vamos', 'start', 'comienzo', 'aller', 'debut', 'début', 'siguiente'].map((w) => [
      w,
      'start',
    ]),
    ...['thank you', 'Thanks!', 'muchas gracias', 'merci', 'សូមអរគុណ', 'បាទ សូមអរគុណណាស់'].map((w) => [
      w,
      'thanks',
    ]),
  ])('hears %s as %s', (text, kind) => expect(meaningOf(index, text)).toEqual({ kind }));

  it.each([
    ['english', 'english-lesson'],
    ['ESL', 'english-lesson'],
    ['schedule', 'change-schedule'],
    ['calendario', 'change-schedule'],
    ['horario', 'change-schedule'],
    ['name', 'change-name'],
    ['nombre', 'change-name'],
    ['lang', 'change-language'],
    ['language', 'change-language'],
    ['idioma', 'change-language'],
  ])('hears %s as the drill %s', (text, drill) =>
    expect(meaningOf(index, text)).toEqual({ kind: 'drill', drill }),
  );

  it.each(['STOP 12345', 'nonstop', 'the end of shift', 'thanksgiving', 'Mercier', 'unthankful', '', '🙂'])(
    'makes nothing of "%s"',
    (text) => expect(meaningOf(index, text)).toBeUndefined(),
  );
});

describe('every keyword that answers', () => {
  const answering = Object.keys(meanings).flatMap((name) => {
    const kind = name as WordKind;
    const row = answeringRow(kind);
    const words = Object.values(defaultKeywords.words).flatMap((language) => language[kind] ?? []);
    return row === undefined ? [] : [{ kind, words, asksAgain: row.asksAgain }];
  });

  it.each(answering)('has a word in some language: $kind', ({ words }) =>
    expect(words.length).toBeGreaterThan(0),
  );

  it.each(answering)(
    'is no answer to an open question, and may put it again: $kind',
    ({ words, asksAgain }) => {
      for (const word of words) {
        const { state, batches } = given(registered, started).when(word);
        expect(state.conversation).toEqual(given(registered, started).state.conversation);
        const [answer, ...more] = batches[0]?.events ?? [];
        expect([answer !== undefined && 'prompt' in answer, more]).toEqual([asksAgain, []]);
      }
    },
  );
});

describe('words that no answer may be', () => {
  it.each([
    ['Cancel.', 'optOut'],
    ['help', 'help'],
    ['menu', 'menu'],
    ['ayuda', 'support'],
    ['info', 'info'],
    ['demo', 'demo'],
  ])('takes %s for %s before it is an answer', (text, kind) =>
    expect(reservedAnswer(index, text)).toBe(kind),
  );

  it.each(['yes', 'sí', 'start', 'go', 'more', 'name', 'english', 'thanks', 'b', '20'])(
    'leaves %s to the question',
    (text) => expect(reservedAnswer(index, text)).toBeUndefined(),
  );
});

describe('a table of keywords', () => {
  const table = (
    words: (typeof defaultKeywords)['words'],
    drills: (typeof defaultKeywords)['drills'] = [],
  ) => ({
    words,
    drills,
  });

  it('has no collisions as delivered', () => expect(keywordCollisions(defaultKeywords)).toEqual([]));

  it.each([
    ['one word with two meanings', table({ en: { menu: ['list'] }, es: { info: ['LIST!'] } })],
    ['an opt-in word that is also an opt-out word', table({ en: { optIn: ['go'], optOut: ['go'] } })],
    ['an opt-in word that is also menu', table({ en: { optIn: ['go'], start: ['go'], menu: ['go'] } })],
    ['a drill word that opts out', table({ en: { optOut: ['end'] } }, [{ drill: 'finale', words: ['END'] }])],
    [
      'a word for two drills',
      table({}, [
        { drill: 'one', words: ['x'] },
        { drill: 'two', words: ['x'] },
      ]),
    ],
    ['a word without letters', table({ en: { menu: ['?!'] } })],
    ['a drill that cannot be one', table({}, [{ drill: 'Not A Slug', words: ['x'] }])],
  ])('is refused with %s', (_what, bad) => expect(() => compileKeywords(bad)).toThrow(/keywords/));

  it('names the word and its meanings', () =>
    expect(keywordCollisions(table({ en: { menu: ['list'], info: ['list'] } }))).toEqual([
      "'list' means menu and info",
    ]));

  it('lets start mean opting in to those who opted out', () =>
    expect(keywordCollisions(table({ en: { optIn: ['start'], start: ['start'] } }))).toEqual([]));

  it('is extended by a deployment with words and drills', () => {
    const more = {
      words: { en: { demo: ['opus'] }, pt: { optOut: ['pare'] } },
      drills: [{ drill: 'safety', words: ['safe'] }],
    };
    const extended = compileKeywords(extendKeywords(defaultKeywords, more));
    expect(['opus', 'Pare', 'safe', 'stop'].map((word) => meaningOf(extended, word)?.kind)).toEqual([
      'demo',
      'optOut',
      'drill',
      'optOut',
    ]);
  });

  it('lets a deployment give a drill word to a drill of its own', () => {
    const more = { drills: [{ drill: 'our-languages', words: ['Language'] }] };
    const extended = compileKeywords(extendKeywords(defaultKeywords, more));
    expect(meaningOf(extended, 'language')).toEqual({ kind: 'drill', drill: 'our-languages' });
    expect(meaningOf(extended, 'idioma')).toEqual({ kind: 'drill', drill: 'change-language' });
  });

  it('may hold no words at all', () =>
    expect(meaningOf(compileKeywords(table({})), 'thanks')).toBeUndefined());
});

describe('a word of opt-out in a hurry', () => {
  const index = compileKeywords(defaultKeywords);

  it.each([
    'STOPP',
    'stoppp',
    'Sttop',
    'sotp',
    'STOP STOP',
    'stop stop stop!',
    'Cancell',
    'unsubscirbe',
    'altto',
    'arretter',
    'STOOOOP',
  ])('is heard in %s', (text) => expect(meaningOf(index, text)).toEqual({ kind: 'optOut' }));

  it.each([
    'a lot',
    'alot',
    'spot',
    'tops',
    'stop it',
    'shop',
    'step',
    'quiet',
    'ended',
    'stops',
    'b stop',
    'baja alta',
  ])('is not heard in %s', (text) => expect(meaningOf(index, text)?.kind).not.toBe('optOut'));
});
