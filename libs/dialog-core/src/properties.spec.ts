import {
  dialogEventSchema,
  drillContentSchema,
  eventSample,
  eventTypes,
  type DialogEvent,
} from '@stopcovid/contracts';
import fc from 'fast-check';
import {
  at,
  command,
  factsFor,
  fixtures,
  given,
  handwashing,
  inWorld,
  registered,
  startedDrill,
  type Order,
} from './dialog.testkit';
import { evolve } from './evolve';
import { isGraded } from './prompts';
import { initialState } from './state';
import { step } from './step';

const word = fc.constantFrom(
  ...['STOP', 'START', 'yes', 'HELP', 'menu', 'info', 'support', 'demo', 'more', 'go', 'english', 'thanks'],
  ...['PAUSE', 'RESUME', 'stop texting me'],
  ...[
    'acme',
    'show',
    'nobody-1',
    'down',
    'wrong1',
    'a',
    'b',
    'c',
    'for 20 seconds',
    'español',
    '',
    '?',
    '\ud800',
  ],
);
const text = fc.oneof({ weight: 4, arbitrary: word }, fc.string({ unit: 'binary', maxLength: 40 }));
const drill = fc.constantFrom(...fixtures.drills.map(({ content }) => content.slug));
const prompt = fc.constantFrom('how-long', 'with-what', 'language', 'read-this', 'fork');
const runId = fc.constantFrom('run-0', 'run-1', 'run-c3');
const order: fc.Arbitrary<Order> = fc.oneof(
  { weight: 5, arbitrary: text },
  fc.record({ type: fc.constant('StartDrill' as const), drill, runId, reason: fc.constant('operator') }),
  fc.record({ type: fc.constant('StartDrill' as const), drill, reason: fc.constant('scheduled') }),
  fc.record({
    type: fc.constant('RepeatPrompts' as const),
    runId,
    repeats: fc.array(fc.record({ drill, prompt }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('RemindTrainee' as const), runId, prompt }),
  fc.record({ type: fc.constant('SendMessage' as const), text: fc.constant('Hi') }),
  fc.record({
    type: fc.constant('UpdateTrainee' as const),
    profile: fc.record({ name: fc.constantFrom('Ana', null), language: fc.constantFrom('en', 'es', 'km') }),
    abandonDrill: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('EnrolTrainee' as const),
    code: fc.constantFrom('ACME', 'SHOW', 'wrong1', 'DOWN', '?'),
    source: fc.constant('website'),
  }),
  fc.record({ type: fc.constant('OptOutTrainee' as const), source: fc.constantFrom('carrier', 'operator') }),
);
const orders = fc.array(order, { maxLength: 30 });

/** What is on record of somebody, and said to nobody. */
const unheard: ReadonlySet<string> = new Set([
  'TraineeUpdated',
  'DrillPostponed',
  'DrillAbandoned',
  'SchedulePaused',
  'ScheduleResumed',
]);

/** A second yes to our own question is told how to come back, and nothing else is said to who opted out. */
const isHeard = (event: DialogEvent): boolean =>
  !unheard.has(event.type) && !(event.type === 'TextNotUnderstood' && event.afterOptOut === true);

const isProactive = (event: DialogEvent): boolean =>
  event.type === 'TraineeReminded' || (event.type === 'DrillStarted' && event.reason === 'scheduled');

describe('whatever is asked', () => {
  it('every command makes one batch, and versions have no holes', () =>
    fc.assert(
      fc.property(orders, (all) => {
        const { batches } = given().when(...all);
        expect(batches.map(({ version }) => version)).toEqual(all.map((_, index) => index + 1));
      }),
    ));

  it('the same commands make the same batches', () =>
    fc.assert(
      fc.property(orders, (all) => {
        expect(given().when(...all).batches).toEqual(given().when(...all).batches);
      }),
    ));

  it('a batch’s trainee is what its events make of the one before', () =>
    fc.assert(
      fc.property(orders, (all) => {
        const { batches, state } = given().when(...all);
        let folded = initialState();
        for (const batch of batches) {
          for (const event of batch.events) folded = evolve(folded, event, batch);
          expect(JSON.parse(JSON.stringify(folded.trainee))).toEqual(batch.trainee);
        }
        expect(JSON.parse(JSON.stringify(folded))).toEqual(state);
      }),
    ));

  it('a scheduled start that is held back changes nothing, and is on record just where it would be anyway, or would have begun', () =>
    fc.assert(
      fc.property(orders, drill, fc.option(runId, { nil: undefined }), (all, slug, run) => {
        const { state } = given().when(...all);
        const start = command({ type: 'StartDrill', drill: slug, reason: 'scheduled', runId: run });
        const free = step(state, start, factsFor(state, start, fixtures));
        const held = step(
          state,
          start,
          factsFor(state, start, { ...fixtures, heldBack: { congested: true } }),
        );
        const onRecord = free.events.some(({ type }) => /^Drill(?:Started|Postponed)$/.test(type));
        expect(held.events.map(({ type }) => type)).toEqual(onRecord ? ['DrillPostponed'] : []);
        expect(held.state).toEqual(state);
      }),
    ));

  it('no batch leaves the dialog between two prompts, or an opted-out trainee in a drill', () =>
    fc.assert(
      fc.property(orders, order, (all, last) => {
        const { state } = given().when(...all, last);
        expect(state.conversation.status).not.toBe('BetweenPrompts');
        if (state.trainee.optedOut) expect(state.conversation.status).toBe('Idle');
      }),
    ));

  it('who opted out is told nothing until an opt-in word comes as a text', () =>
    fc.assert(
      fc.property(orders, (all) => {
        const { batches } = given().when('STOP', ...all);
        let out = true;
        for (const { events } of batches.slice(1)) {
          const types = events.map(({ type }) => type);
          if (out && types[0] !== 'TraineeOptedIn') expect(events.filter(isHeard)).toEqual([]);
          if (out && types[0] === 'TraineeOptedIn')
            expect(['NextDrillRequested', 'DrillStarted', undefined]).toContain(types[1]);
          out = types.includes('TraineeOptedOut') || (out && types[0] !== 'TraineeOptedIn');
        }
      }),
    ));

  it('who paused is neither started on a drill by a schedule nor reminded until they resume', () =>
    fc.assert(
      fc.property(orders, orders, (before, after) => {
        const { batches } = given(registered, startedDrill(handwashing)).when(...before, 'PAUSE', ...after);
        let paused = false;
        for (const { events, trainee } of batches) {
          if (paused) expect(events.filter(isProactive)).toEqual([]);
          paused = trainee.schedulePaused !== undefined;
        }
      }),
    ));
});

const field = fc.constantFrom('name', 'language', 'optedOut', '__proto__', 'job', 'x y');
const profileAs = (flag: boolean) => ({ name: flag ? null : 'Ana', answers: { job: flag ? 'x' : null } });
const gradedAs = (flag: boolean): false | undefined => (flag ? undefined : false);
const event: fc.Arbitrary<DialogEvent> = fc
  .record({
    type: fc.constantFrom(...eventTypes),
    runId,
    drill,
    promptSlug: prompt,
    flag: fc.boolean(),
    value: fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
    ),
    field,
    words: fc.string({ unit: 'binary', maxLength: 20 }),
  })
  .map((f) => {
    const asked = { slug: f.promptSlug, language: 'en', position: 1, of: 1, messages: [] };
    const carriesQuestion = ['DrillStarted', 'PromptAdvanced', 'TraineeReminded'].includes(f.type);
    return dialogEventSchema.parse({
      ...eventSample(f.type),
      type: f.type,
      runId: f.runId,
      drill: f.drill,
      ...(/^(PromptCompleted|PromptFailed|ReplyUnclear)$/.test(f.type) && { prompt: f.promptSlug }),
      ...(carriesQuestion && { prompt: asked }),
      ...(f.type === 'ReplyUnclear' && { count: 1 }),
      ...{
        revision: handwashing.hash,
        response: f.words,
        ...(f.type !== 'TextNotUnderstood' && { rule: 'Any' }),
        attempt: 1,
        abandoned: f.flag,
      },
      ...{ stored: { field: f.field, value: f.value }, ...(f.flag && { correct: true }) },
      ...{
        right: 0,
        graded: f.type === 'PromptFailed' ? gradedAs(f.flag) : 0,
        autoContinue: f.flag,
        word: f.words,
        text: f.words,
        code: f.words,
        demo: f.flag,
      },
      source: /^(?:TraineeOptedOut|TraineeOptedIn|ScheduleResumed)$/.test(f.type) ? 'text' : f.words,
      channel: f.flag ? 'sms' : 'whatsapp',
      ...(f.flag && { address: '+5215512345678' }),
      account: { employerName: 'E' },
      profile: profileAs(f.flag),
    });
  });

describe('whatever happened', () => {
  it('can be folded in any order, into a state that storage keeps as it is', () =>
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state = initialState();
        for (const one of events) state = evolve(state, one, { at });
        const { optOutQuestioned, optOutAnswered, stopped, ...rest } = state;
        expect(Object.keys(rest)).toEqual(['stateVersion', 'trainee', 'conversation']);
        expect([true, undefined]).toContain(optOutQuestioned);
        if (stopped !== undefined || optOutAnswered !== undefined) expect(state.trainee.optedOut).toBe(true);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
    ));
});

const message = [{ text: { en: 'Question?' } }];
const options = [
  { id: 'a', text: { en: 'soap' } },
  { id: 'b', text: { en: 'sand' } },
];
/** What a prompt may make of its reply; only the first two have a right answer. */
const askedAs = {
  key: { options, key: 'a' },
  answers: { answers: { en: ['a', 'alpha'] } },
  number: { store: { field: 'count', type: 'number' } },
  yesNo: { store: { field: 'agrees', type: 'yesNo' } },
  text: { store: { field: 'job', type: 'text' } },
  choice: { options, store: { field: 'choice', type: 'text' } },
  nothing: {},
} as const;
/** A drill that goes forward only: every target comes after its prompt. */
const content = fc
  .array(
    fc.record({
      asks: fc.constantFrom('key', 'answers', 'number', 'yesNo', 'text', 'choice', 'nothing'),
      attempts: fc.integer({ min: 1, max: 4 }),
      jump: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((shapes) =>
    drillContentSchema.parse({
      slug: 'any',
      title: { en: 'Any' },
      languages: ['en'],
      prompts: shapes.map(({ asks, attempts, jump }, index) => {
        const target = index + jump < shapes.length ? `p${index + jump}` : 'end';
        return {
          slug: `p${index}`,
          messages: message,
          maxAttempts: attempts,
          ...askedAs[asks],
          ...(jump > 0 &&
            jump < 8 && { next: jump % 2 === 0 ? target : { wrong: target, options: { b: 'end' } } }),
        };
      }),
    }),
  );

describe('any drill', () => {
  it('that only goes forward ends, whatever is replied, and counts each graded question that was settled', () =>
    fc.assert(
      fc.property(
        content,
        fc.infiniteStream(fc.constantFrom('a', 'b', 'x', '', 'yes', '7')),
        (any, replies) => {
          const revision = { ...handwashing, content: any };
          const world = { drills: [revision], codes: {} };
          const attempts = any.prompts.reduce((sum, { maxAttempts }) => sum + maxAttempts + 2, 0);
          let talk = inWorld(world, registered, startedDrill(revision));
          for (let i = 0; i < attempts && talk.state.conversation.status !== 'Idle'; i++)
            talk = talk.when(replies.next().value);
          const events = talk.batches.flatMap((batch) => batch.events);
          const settled = events.flatMap((e) =>
            e.type === 'PromptCompleted' || (e.type === 'PromptFailed' && e.abandoned) ? [e] : [],
          );
          const isGradedIn = (slug: string) => any.prompts.some((p) => p.slug === slug && isGraded(p));
          const graded = settled.filter(({ prompt: slug }) => isGradedIn(slug));
          expect(talk.state.conversation).toEqual({ status: 'Idle' });
          expect(events.at(-1)).toMatchObject({
            type: 'DrillCompleted',
            right: graded.filter(({ type }) => type === 'PromptCompleted').length,
            graded: graded.length,
          });
          for (const event of events)
            if (event.type === 'PromptFailed')
              expect(event.graded).toBe(isGradedIn(event.prompt) ? undefined : false);
        },
      ),
    ));
});
