import { drillRevisionSchema } from '@stopcovid/contracts';
import { inWorld, registered, spanish, startedDrill } from './dialog.testkit';

const zones = [
  { id: 'a', text: { en: 'Eastern', es: 'Este' }, value: 'America/New_York', accept: { en: ['Miami'] } },
  { id: 'b', text: { en: 'Arizona', es: 'Arizona' }, value: 'America/Phoenix' },
  { id: 'c', text: { en: 'Elsewhere', es: 'Otro lugar' }, value: 'x'.repeat(100) },
];
const say = (en: string, es: string) => [{ text: { en, es } }];

/** Days and a time of day in words, then the zone, then the end. */
const revision = drillRevisionSchema.parse({
  hash: 'f'.repeat(64),
  content: {
    slug: 'when-to-write',
    title: { en: 'When', es: 'Cuando' },
    languages: ['en', 'es'],
    prompts: [
      { slug: 'when', messages: say('When?', '¿Cuándo?'), store: { field: 'delivery', type: 'when' } },
      {
        slug: 'zone',
        messages: say('Where? {{options}}', '¿Dónde? {{options}}'),
        options: zones,
        store: { field: 'timeZone', type: 'zone' },
      },
      { slug: 'bye', messages: say('Bye!', '¡Adiós!') },
    ],
  },
});
const asked = inWorld({ drills: [revision], codes: {} }, registered, startedDrill(revision));
const askedInSpanish = inWorld(
  { drills: [revision], codes: {} },
  registered,
  spanish,
  startedDrill(revision),
);
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];

describe('an answer that says when', () => {
  it.each([
    ['mornings', { preferredTime: '09:00' }],
    ['7:30pm', { preferredTime: '19:30' }],
    ['weekday evenings', { deliveryDays: workdays, preferredTime: '19:00' }],
    ['Saturdays', { deliveryDays: ['sat'] }],
    ['any time', { preferredTime: 'any' }],
  ])('sets the days and the time of %s, and no other field', (text, profile) => {
    const talk = asked
      .when(text)
      .seeing(
        { type: 'PromptCompleted', response: text, stored: { field: 'delivery', value: text, profile } },
        { type: 'PromptAdvanced', prompt: { slug: 'zone' } },
      );
    expect(talk.state.trainee.profile).toEqual({ language: 'en', answers: {}, ...profile });
  });

  it('is read in the trainee’s language', () =>
    expect(askedInSpanish.when('lunes a las 8').state.trainee.profile).toMatchObject({
      deliveryDays: ['mon'],
      preferredTime: '08:00',
    }));

  it('leaves what it does not speak of as it was', () => {
    const profile = { deliveryDays: ['mon'], preferredTime: '08:00' };
    const { state } = inWorld(
      { drills: [revision], codes: {} },
      registered,
      { type: 'TraineeUpdated', profile, account: {} },
      startedDrill(revision),
    ).when('7pm');
    expect(state.trainee.profile).toMatchObject({ deliveryDays: ['mon'], preferredTime: '19:00' });
  });
});

describe('an answer that says where', () => {
  it.each([
    ['a', 'America/New_York'],
    ['Eastern', 'America/New_York'],
    ['I am in Miami', 'America/New_York'],
    ['b) Arizona', 'America/Phoenix'],
  ])('sets the zone of the option that %s means, on the trainee’s word', (text, timeZone) => {
    const talk = asked.when('mornings', text);
    expect(talk.state.trainee.profile).toMatchObject({ timeZone, timeZoneSource: 'trainee', answers: {} });
  });
});

describe.each([
  ['days or a time', [], 'blue', 'NotAWhen'],
  ['one time, but two', [], '7 or 8', 'NotAWhen'],
  ['a place among the options', ['mornings'], 'the moon', 'NotAZone'],
  ['a zone that could be stored', ['mornings'], 'c', 'NotAZone'],
])('an answer that does not name %s', (_what, before, text, rule) => {
  const put = asked.when(...before);

  it('is asked for again, and then passed over without counting', () => {
    const talk = put
      .when(text)
      .seeing({ type: 'ReplyUnclear', rule, count: 1 })
      .when(text)
      .seeing({ type: 'ReplyUnclear', rule, count: 2 })
      .when(text)
      .seeing({ type: 'PromptFailed', rule, abandoned: false, graded: false });
    talk
      .when(text)
      .seeing(
        { type: 'PromptFailed', rule, abandoned: true, graded: false },
        { type: 'PromptAdvanced' },
        ...(rule === 'NotAZone' ? [{ type: 'DrillCompleted' as const, right: 0, graded: 0 }] : []),
      );
  });

  it('leaves the profile as it was', () =>
    expect(put.when(text, text).state.trainee.profile).toEqual(put.state.trainee.profile));
});
