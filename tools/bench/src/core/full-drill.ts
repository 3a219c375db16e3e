import {
  dialogCommandSchema,
  drillRevisionSchema,
  encodeCommand,
  languageSchema,
  runIdSchema,
  timestampSchema,
  type DialogCommand,
  type DrillRevision,
  type Language,
} from '@stopcovid/contracts';
import {
  compileKeywords,
  defaultKeywords,
  evolve,
  initialState,
  needs,
  step,
  type DialogState,
  type Facts,
  type Step,
} from '@stopcovid/dialog-core';

const at = timestampSchema.parse('2026-03-01T17:05:00.000Z');
const keywords = compileKeywords(defaultKeywords);
const languages = ['en', 'es'].map((code) => languageSchema.parse(code));

/** Made beforehand: making ids is the shell's work. */
const firstRun = runIdSchema.parse('run-0');
const runIds = Array.from({ length: 64 }, (_, index) => runIdSchema.parse(`run-${index}`));

type Localized = Readonly<Record<string, string>>;
const question = (slug: string, text: Localized, options: readonly Localized[]) => ({
  slug,
  messages: [{ text }],
  options: options.map((option, index) => ({ id: 'abc'.charAt(index), text: option })),
  key: 'b',
});

/** A drill of five graded questions, each with the key b, and a goodbye. */
const revision: DrillRevision = drillRevisionSchema.parse({
  hash: 'b'.repeat(64),
  content: {
    slug: 'clean-hands',
    title: { en: 'Clean hands', es: 'Manos limpias' },
    languages: ['en', 'es'],
    prompts: [
      question(
        'how-long',
        { en: 'How long do you wash? {{options}}', es: '¿Cuánto tiempo se lava? {{options}}' },
        [
          { en: 'for 10 seconds', es: 'durante 10 segundos' },
          { en: 'for 20 seconds', es: 'durante 20 segundos' },
          { en: 'until they look clean', es: 'hasta que se vean limpias' },
        ],
      ),
      question('what-first', { en: 'What comes first? {{options}}', es: '¿Qué va primero? {{options}}' }, [
        { en: 'Soap', es: 'Jabón' },
        { en: 'Water', es: 'Agua' },
        { en: 'A towel', es: 'Una toalla' },
      ]),
      question('how-much', { en: 'How much gel? {{options}}', es: '¿Cuánto gel? {{options}}' }, [
        { en: '1 pump', es: '1 bombeo' },
        { en: '2-3 pumps', es: '2-3 bombeos' },
        { en: 'As much as I like', es: 'Lo que yo quiera' },
      ]),
      question('how-dry', { en: 'How do you dry them? {{options}}', es: '¿Cómo se las seca? {{options}}' }, [
        { en: 'On my apron', es: 'En el delantal' },
        { en: 'With a paper towel', es: 'Con una toalla de papel' },
        { en: 'I shake them', es: 'Las sacudo' },
      ]),
      question(
        'after-what',
        { en: 'After what do you wash? {{options}}', es: '¿Después de qué? {{options}}' },
        [
          { en: 'After lunch only', es: 'Solo después de comer' },
          { en: 'After touching raw meat', es: 'Después de tocar carne cruda' },
          { en: 'Before the shift only', es: 'Solo antes del turno' },
        ],
      ),
      { slug: 'goodbye', messages: [{ text: { en: 'Well done, {{name}}!', es: '¡Muy bien, {{name}}!' } }] },
    ],
  },
});

/** The drill that the benchmark plays. */
export const drillOfBench = revision.content;

/** Right by mark; wrong, then right; wrong twice, so given up; mistyped; in full. */
const answers: Readonly<Record<string, readonly string[]>> = {
  en: ['b', 'soap', 'b) water', 'a', '1 pump', 'With a papper towel', 'b) After touching raw meat'],
  es: [
    'b',
    'jabón',
    'b) agua',
    'a',
    '1 bombeo',
    'Con una tualla de papel',
    'b) Después de tocar carne cruda',
  ],
};

/** What one trainee does: ten commands, from the code to asking for more. */
export type Course = {
  readonly start: DialogState;
  readonly commands: readonly DialogCommand[];
  readonly wires: readonly string[];
};

const ordersIn = (language: Language): readonly object[] => [
  { type: 'ReceiveSms', text: 'kitchen-7' },
  { type: 'StartDrill', drill: revision.content.slug, reason: 'registered' },
  ...(answers[language] ?? []).map((text) => ({ type: 'ReceiveSms', text })),
  { type: 'ReceiveSms', text: language === 'es' ? 'más' : 'more' },
];

const courseIn = (language: Language, phone: string): Course => {
  const commands = ordersIn(language).map((order, index) =>
    dialogCommandSchema.parse({ schemaVersion: 1, commandId: `${phone}-${index}`, phone, at, ...order }),
  );
  const start = evolve(
    initialState(),
    { type: 'TraineeUpdated', profile: { language }, account: {} },
    { at },
  );
  return { start, commands, wires: commands.map(encodeCommand) };
};

/** Two trainees to take in turn, one per language. */
export const courses: readonly Course[] = languages.map((language, index) =>
  courseIn(language, `+1202555014${index}`),
);

/** What the shell would fetch for this command, out of memory. */
export const factsFor = (state: DialogState, command: DialogCommand, count: number): Facts => {
  const needed = needs(state, command, keywords);
  return {
    at,
    runId: runIds[count % runIds.length] ?? firstRun,
    keywords,
    ...(needed.drill === undefined ? {} : { drill: revision }),
    ...(needed.registration === undefined
      ? {}
      : { registration: { status: 'Valid', demo: false, account: { employerName: 'Kitchen' } } as const }),
  };
};

/** Decides one command as the engine does, except for storing it. */
export const handle = (state: DialogState, command: DialogCommand, count: number): Step =>
  step(state, command, factsFor(state, command, count));
