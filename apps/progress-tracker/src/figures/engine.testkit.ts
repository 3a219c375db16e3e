import { traineeSchema, type DialogEvent, type Trainee } from '@stopcovid/contracts';
import fc from 'fast-check';
import { event } from '../tracker.testkit';

const units = ['kitchen', 'bar'] as const;
const zones = ['America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati'] as const;

const account = fc.record({
  employerId: fc.constantFrom('acme', 'other'),
  unitId: fc.option(fc.constantFrom(...units), { nil: undefined }),
  labels: fc.subarray(['new', 'night']),
});
/** A reply to what was put last. */
export const reply = fc.record({
  does: fc.constant('replies' as const),
  as: fc.constantFrom('right' as const, 'right' as const, 'wrong' as const, 'unclear' as const),
  option: fc.constantFrom('a', 'c'),
});

const start = fc.record({
  does: fc.constant('starts' as const),
  drill: fc.constantFrom<string>('one', 'two'),
  revision: fc.constantFrom<string>('a', 'b'),
  repeats: fc.constantFrom('none' as const, 'none' as const, 'first' as const, 'alone' as const),
});
/** Whose a phone is, where, and in which language. */
export const phone = fc.record({
  account,
  zone: fc.constantFrom(...zones),
  language: fc.constantFrom('en' as const, 'es' as const),
});

/** One thing that happens to a phone. What cannot happen to it as it is leads to nothing. */
export const deed = fc.oneof(
  { weight: 10, arbitrary: reply },
  { weight: 4, arbitrary: start },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('is reminded' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('stops' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('returns' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('is ended' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('asks for help' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('is erased' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('is ruled on' as const),
      which: fc.nat({ max: 40 }),
      now: fc.constantFrom('right' as const, 'right' as const, 'wrong' as const, 'unclear' as const),
      withdrawn: fc.constantFrom(false, false, true),
      comesLate: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('moves' as const), to: phone }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('registers' as const),
      to: phone,
      demo: fc.constantFrom(false, false, false, true),
    }),
  },
);
export type Deed = typeof deed extends fc.Arbitrary<infer Given> ? Given : never;
type Doing<Does extends Deed['does']> = Extract<Deed, { readonly does: Does }>;

/** The trainee of a phone that nobody has registered. */
export const nobody: Trainee = traineeSchema.parse({
  registration: null,
  optedOut: false,
  profile: { language: 'en', answers: {} },
  account: {},
});

type Run = {
  readonly runId: string;
  readonly drill: string;
  /** One letter; the run has as many of it as a revision has. */
  readonly revision: string;
  readonly repeatsOnly?: true;
  readonly prompt: string;
  readonly repeat?: { readonly drill: string; readonly prompt: string };
  readonly failures: number;
};

/** A reply that was judged, and its place among those of its run. */
type Given = Pick<Run, 'runId' | 'drill' | 'prompt'> & { readonly place: number };

/** Where a phone stands as the engine keeps it, and what people may rule on. */
export type Phase = {
  readonly trainee: Trainee;
  readonly open?: Run;
  readonly stopped?: Run;
  readonly runs: number;
  readonly given: readonly Given[];
  readonly rulings: number;
};
/** What a deed led to, and where the phone stands then. */
export type Led = { readonly events: readonly DialogEvent[]; readonly after: Phase };

const graded = (prompt: string): boolean => prompt !== 'name' && prompt !== 'hint';

/** Where a prompt of a drill leads: who was wrong at the first has one more than who was right. */
const nextOf = (prompt: string, right: boolean): string | undefined => {
  if (prompt === 'first') return right ? 'name' : 'hint';
  return { hint: 'name', name: 'last' }[prompt];
};

const put = (slug: string, { profile }: Trainee) => ({
  slug,
  language: profile.language,
  position: 1,
  of: 3,
  messages: [{ text: 'Why?' }],
});

const about = ({ runId, drill, repeat }: Run) => ({ runId, drill, ...(repeat && { repeat }) });
const alone = ({ repeatsOnly }: Run) => (repeatsOnly ? { repeatsOnly } : {});

const abandoned = (run: Run | undefined, reason: string): readonly DialogEvent[] =>
  run === undefined
    ? []
    : [
        event('DrillAbandoned', {
          runId: run.runId,
          drill: run.drill,
          prompt: run.prompt,
          reason,
          ...alone(run),
        }),
      ];

const idle = ({ open: _open, ...phase }: Phase): Phase => phase;
const forgets = ({ stopped: _stopped, ...phase }: Phase): Phase => phase;
const nothing = (after: Phase): Led => ({ events: [], after });

const ends = (phase: Phase, run: Run): Led => ({
  events: [event('DrillCompleted', { runId: run.runId, drill: run.drill, ...alone(run) })],
  after: idle(phase),
});

const leaves = (phase: Phase, run: Run, right: boolean): Led => {
  const next = run.repeat === undefined ? nextOf(run.prompt, right) : run.repeatsOnly ? undefined : 'first';
  if (next === undefined) return ends(phase, run);
  const { runId, drill, revision, repeatsOnly } = run;
  const asked = { runId, drill, prompt: put(next, phase.trainee) };
  const open: Run = {
    runId,
    drill,
    revision,
    prompt: next,
    failures: 0,
    ...(repeatsOnly && { repeatsOnly }),
  };
  return {
    events: [event('PromptAdvanced', asked)],
    after: { ...phase, open },
  };
};

/* One drill asks how sure they are, and then how sure or how content. */
const ratingBy = ({ drill, prompt }: Run, option: string): object | undefined => {
  const last = option === 'a' ? 'confidence-after' : 'satisfaction';
  const scale = { value: option === 'a' ? 2 : 4, least: 1, most: 4 };
  return drill === 'one' ? { asks: prompt === 'hint' ? 'confidence-before' : last, ...scale } : undefined;
};

const judged = (run: Run, { as, option }: Doing<'replies'>): DialogEvent => {
  const common = { ...about(run), prompt: run.prompt, repeat: run.repeat };
  if (as === 'unclear') return event('ReplyUnclear', { ...common, response: `hm ${option}` });
  const attempt = { ...common, attempt: run.failures + 1 };
  if (!graded(run.prompt))
    return as === 'right'
      ? event('PromptCompleted', { ...attempt, correct: undefined, rating: ratingBy(run, option) })
      : event('PromptFailed', { ...attempt, graded: false, abandoned: run.failures > 0 });
  return as === 'right'
    ? event('PromptCompleted', { ...attempt, option: 'b' })
    : event('PromptFailed', { ...attempt, option, abandoned: run.failures > 0 });
};

/* The prompt of a repeat counts among the replies of its run as well. */
const remembered = (phase: Phase, { runId, drill, prompt }: Run): Phase => {
  const place = phase.given.filter((reply) => reply.runId === runId).length + 1;
  return { ...phase, given: [...phase.given, { runId, drill, prompt, place }] };
};

const replies = (before: Phase, does: Doing<'replies'>): Led => {
  const { open } = before;
  if (open === undefined) return nothing(before);
  const phase = remembered(before, open);
  const told = judged(open, does);
  const stays = does.as === 'unclear' || (does.as === 'wrong' && open.failures === 0);
  if (stays) {
    const failures = open.failures + (does.as === 'wrong' ? 1 : 0);
    return { events: [told], after: { ...phase, open: { ...open, failures } } };
  }
  const led = leaves(phase, open, does.as === 'right');
  return { events: [told, ...led.events], after: led.after };
};

const begins = (phase: Phase, run: Run, fields: object): Led => {
  return {
    events: [
      event('DrillStarted', {
        ...about(run),
        revision: run.revision.repeat(64),
        prompt: put(run.prompt, phase.trainee),
        ...alone(run),
        ...(run.drill === 'one' && { passMark: 50 }),
        ...fields,
      }),
    ],
    after: forgets({ ...phase, open: run, runs: phase.runs + 1 }),
  };
};

const starts = (phase: Phase, { drill, revision, repeats }: Doing<'starts'>, id: string): Led => {
  const { trainee, open, runs } = phase;
  if (trainee.optedOut || trainee.registration === null) return nothing(phase);
  const repeat = repeats === 'none' ? {} : { repeat: { drill: 'two', prompt: 'last' } };
  const run: Run = {
    runId: `${id}-${runs}`,
    drill: repeats === 'alone' ? 'two' : drill,
    revision,
    prompt: repeats === 'none' ? 'first' : 'last',
    failures: 0,
    ...repeat,
    ...(repeats === 'alone' && { repeatsOnly: true }),
  };
  const led = begins(phase, run, { reason: 'scheduled' });
  return { events: [...abandoned(open, 'replaced'), ...led.events], after: led.after };
};

const stops = (phase: Phase): Led => {
  const { open, trainee } = phase;
  if (trainee.optedOut) return nothing(phase);
  return {
    events: [event('TraineeOptedOut'), ...abandoned(open, 'optedOut')],
    after: { ...idle(phase), trainee: { ...trainee, optedOut: true }, ...(open && { stopped: open }) },
  };
};

const returns = (phase: Phase, id: string): Led => {
  const { stopped, trainee, runs } = phase;
  if (!trainee.optedOut) return nothing(phase);
  const back = forgets({ ...phase, trainee: { ...trainee, optedOut: false } });
  if (stopped === undefined || trainee.registration === null)
    return { events: [event('TraineeOptedIn')], after: back };
  const goesOn = { runId: stopped.runId, right: 0, graded: 0 };
  const runId = `${id}-${runs}`;
  const handedOn = back.given.filter((reply) => reply.runId === stopped.runId);
  const led = begins(
    { ...back, given: [...back.given, ...handedOn.map((reply) => ({ ...reply, runId }))] },
    { ...stopped, runId, failures: 0 },
    { reason: 'optedIn', goesOn },
  );
  return { events: [event('TraineeOptedIn', { cutOff: 'goesOn' }), ...led.events], after: led.after };
};

const registers = (phase: Phase, does: Doing<'registers'>, at: string): Led => {
  if (phase.trainee.optedOut) return nothing(phase);
  const { demo, to } = does;
  const trainee = { ...moved(phase.trainee, to), registration: { code: 'X', demo, at } };
  return {
    events: [...abandoned(phase.open, 'registered'), event('TraineeRegistered', { demo })],
    after: { ...idle(phase), trainee: traineeSchema.parse(trainee) },
  };
};

const moved = (trainee: Trainee, { account: given, zone, language }: Doing<'moves'>['to']): Trainee =>
  traineeSchema.parse({
    ...trainee,
    profile: { ...trainee.profile, timeZone: zone, language },
    account: JSON.parse(JSON.stringify(given)),
  });

const reminded = (phase: Phase): Led => {
  const { open, trainee } = phase;
  if (open === undefined) return nothing(phase);
  const told = event('TraineeReminded', { ...about(open), prompt: put(open.prompt, trainee) });
  return { events: [told], after: phase };
};

/** An operator ends what goes on, or sees to it that what an opt-out cut off does not go on. */
const isEnded = (phase: Phase): Led => ({
  events: abandoned(phase.open ?? phase.stopped, 'operator'),
  after: forgets(idle(phase)),
});

/** A person rules on any reply that there was, or an earlier ruling than the last comes only now. */
const isRuledOn = (phase: Phase, does: Doing<'is ruled on'>): Led => {
  const reply = phase.given[does.which];
  if (reply === undefined) return nothing(phase);
  const { place, ...run } = reply;
  const number = does.comesLate ? Math.max(1, phase.rulings - 2) : phase.rulings + 1;
  const told = event('ReplyRegraded', {
    ...run,
    reply: place,
    now: does.now,
    ...(does.withdrawn && { withdrawn: true }),
    ruling: { group: `${run.drill}:${run.prompt}`, number },
  });
  return { events: [told], after: { ...phase, rulings: Math.max(phase.rulings, number) } };
};

/** Nobody's again but for an opt-out. Their runs keep their numbers: a name is never given twice. */
const isErased = ({ trainee: { optedOut }, runs, rulings }: Phase): Led => ({
  events: [event('TraineeErased')],
  after: { trainee: { ...nobody, optedOut }, runs, rulings, given: [] },
});

/** What the engine makes of a deed, as little of it as figures see. */
export const lead = (
  phase: Phase,
  does: Deed,
  { id, at }: { readonly id: string; readonly at: string },
): Led => {
  switch (does.does) {
    case 'replies':
      return replies(phase, does);
    case 'starts':
      return starts(phase, does, id);
    case 'registers':
      return registers(phase, does, at);
    case 'moves': {
      const after = { ...phase, trainee: moved(phase.trainee, does.to) };
      return { events: [event('TraineeUpdated')], after };
    }
    case 'stops':
      return stops(phase);
    case 'returns':
      return returns(phase, id);
    case 'is reminded':
      return reminded(phase);
    case 'is ended':
      return isEnded(phase);
    case 'is ruled on':
      return isRuledOn(phase, does);
    case 'is erased':
      return isErased(phase);
    case 'asks for help':
      return { events: [event('HelpRequested')], after: phase };
  }
};
