import {
  accountSchema,
  decodeBatch,
  decodeCommand,
  dialogEventSchema,
  drillRevisionSchema,
  encodeBatch,
  encodeCommand,
  phoneSchema,
  runIdSchema,
  timestampSchema,
  type Account,
  type CommandType,
  type DialogCommand,
  type DialogEvent,
  type DrillRevision,
  type EventBatch,
  type EventType,
} from '@stopcovid/contracts';
import { evolve } from './evolve';
import type { Facts, Needs, RegistrationAnswer } from './facts';
import { defaultKeywords } from './keyword-table';
import { compileKeywords } from './keywords';
import { needs } from './needs';
import { initialState, type DialogState } from './state';
import { step, toBatch } from './step';

/** A message as a test writes it: its type, and the fields that matter. The codec refuses what is not one. */
export type Loose<T extends string> = { readonly type: T; readonly [field: string]: unknown };
/** A command without its envelope; a bare string is a text that comes in. */
export type Order = string | Loose<CommandType>;

export const phone = phoneSchema.parse('+12025550143');
export const at = timestampSchema.parse('2026-03-01T17:05:00.000Z');
export const keywords = compileKeywords(defaultKeywords);

/** What the kit's world holds: drills by name and hash, and registration codes with their answers. */
export type World = {
  readonly drills: readonly DrillRevision[];
  readonly codes: Readonly<Record<string, RegistrationAnswer>>;
  /** What holds scheduled starts back. */
  readonly heldBack?: Pick<Facts, 'budgetSpent' | 'congested'>;
  readonly goesOnHours?: number;
};

const read = <T>(decoded: { ok: true; value: T } | { ok: false; error: { reason: string } }): T => {
  if (!decoded.ok) throw new Error(`the codec refuses it: ${decoded.error.reason}`);
  return decoded.value;
};

/** A command as it comes off the wire. */
export const command = (order: Order, index = 1): DialogCommand => {
  const fields = typeof order === 'string' ? { type: 'ReceiveSms', text: order } : order;
  const wire = JSON.stringify({ schemaVersion: 1, commandId: `c${index}`, phone, at, ...fields });
  return read(decodeCommand(encodeCommand(read(decodeCommand(wire)))));
};

const throughTheWire = (batch: EventBatch): EventBatch => read(decodeBatch(encodeBatch(batch)));

const drillFor = ({ drills }: World, wanted: Needs['drill'], order: DialogCommand) => {
  if (order.type === 'StartDrill' && order.content !== undefined)
    return drillRevisionSchema.parse({ hash: 'e'.repeat(64), content: order.content });
  if (wanted === undefined) return undefined;
  return drills.find((d) =>
    'revision' in wanted ? d.hash === wanted.revision : d.content.slug === wanted.current,
  );
};

/** Exactly the facts that `needs` names, so that a fact it forgot is missed. */
export const factsFor = (state: DialogState, order: DialogCommand, world: World): Facts => {
  const wanted = needs(state, order, keywords);
  const drill = drillFor(world, wanted.drill, order);
  const code = wanted.registration;
  const repeats = wanted.repeats?.flatMap((one) => drillFor(world, one, order) ?? []);
  return {
    at: order.at,
    runId: runIdSchema.parse(`run-${order.commandId}`),
    keywords,
    ...world.heldBack,
    ...(world.goesOnHours !== undefined && { goesOnHours: world.goesOnHours }),
    ...(drill !== undefined && { drill }),
    ...(repeats !== undefined && { repeats }),
    ...(code !== undefined && { registration: world.codes[code] ?? { status: 'Unknown' as const } }),
  };
};

/** A conversation so far. */
export type Talk = {
  readonly state: DialogState;
  readonly batches: readonly EventBatch[];
  /** Lets these commands happen, one after the other. */
  when(...orders: readonly Order[]): Heard;
};
/** A conversation in which something just happened. */
export type Heard = Talk & {
  /** Expects just these events of the last `when`, in order; each with at least the fields named. */
  then(...events: readonly Loose<EventType>[]): void;
  /** The same, for a conversation that goes on. */
  seeing(...events: readonly Loose<EventType>[]): Talk;
};

const talk = (world: World, state: DialogState, batches: readonly EventBatch[]): Talk => ({
  state,
  batches,
  when: (...orders) => {
    let now = state;
    const all = [...batches];
    for (const order of orders) {
      const version = all.length + 1;
      const asked = command(order, version);
      const facts = { ...factsFor(now, asked, world), isFirst: now === initialState() };
      const taken = step(now, asked, facts);
      all.push(throughTheWire(toBatch({ ...taken, command: asked, version, at: asked.at })));
      now = JSON.parse(JSON.stringify(taken.state)) as DialogState;
    }
    const events = all.slice(batches.length).flatMap((batch) => batch.events);
    const next = talk(world, now, all);
    const then: Heard['then'] = (...expected) => expect(events).toMatchObject(expected);
    const seeing: Heard['seeing'] = (...expected) => {
      then(...expected);
      return next;
    };
    return { ...next, then, seeing };
  },
});

/** A conversation in another world than the fixtures'. */
export const inWorld = (world: World, ...history: readonly Loose<EventType>[]): Talk => {
  const events: DialogEvent[] = history.map((event) => dialogEventSchema.parse(event));
  let state = initialState();
  for (const event of events) state = evolve(state, event, { at });
  return talk(world, state, []);
};

export const employer: Account = accountSchema.parse({ employerId: 'acme', employerName: 'Acme' });

const text = (en: string, es: string) => [{ text: { en, es } }];
const option = (id: string, en: string, es: string) => ({ id, text: { en, es } });

/** Three graded questions and a farewell, in English and Spanish. */
export const handwashing = drillRevisionSchema.parse({
  hash: 'a'.repeat(64),
  content: {
    slug: 'handwashing',
    title: { en: 'Hands', es: 'Manos' },
    languages: ['en', 'es'],
    prompts: [
      {
        slug: 'how-long',
        messages: text('How long? {{options}}', '¿Cuánto tiempo? {{options}}'),
        options: [
          option('a', 'for 10 seconds', 'por 10 segundos'),
          option('b', 'for 20 seconds', 'por 20 segundos'),
        ],
        key: 'b',
      },
      {
        slug: 'with-what',
        messages: text('With what?', '¿Con qué?'),
        options: [option('a', 'soap', 'jabón'), option('b', 'sand', 'arena')],
        key: 'a',
        maxAttempts: 1,
      },
      {
        slug: 'why',
        messages: text('Why?', '¿Por qué?'),
        options: [
          option('a', 'it smells nice', 'huele bien'),
          option('b', 'it removes germs', 'quita gérmenes'),
        ],
        key: 'b',
        maxAttempts: 3,
      },
      { slug: 'bye', messages: text('Bye!', '¡Adiós!') },
    ],
  },
});

/** Stores a language, a name, a number and a yes or no. */
export const intake = drillRevisionSchema.parse({
  hash: 'b'.repeat(64),
  content: {
    slug: 'intake',
    title: { en: 'Welcome', es: 'Bienvenida' },
    languages: ['en', 'es'],
    autoContinue: true,
    prompts: [
      {
        slug: 'language',
        messages: text('Which language?', '¿Qué idioma?'),
        store: { field: 'language', type: 'text' },
      },
      { slug: 'name', messages: text('Your name?', '¿Su nombre?'), store: { field: 'name', type: 'text' } },
      {
        slug: 'job',
        messages: text('Your job?', '¿Su trabajo?'),
        store: { field: 'optedOut', type: 'text' },
      },
      { slug: 'thanks', messages: text('Thanks!', '¡Gracias!') },
    ],
  },
});

/** One prompt, which waits for its reply. */
export const onePrompt = drillRevisionSchema.parse({
  hash: 'c'.repeat(64),
  content: {
    slug: 'one-prompt',
    title: { en: 'News' },
    languages: ['en'],
    prompts: [{ slug: 'read-this', messages: [{ text: { en: 'Read this.' } }] }],
  },
});

/** Every kind of `next`: by outcome, by option, to the end, and in short. */
export const branching = drillRevisionSchema.parse({
  hash: 'd'.repeat(64),
  content: {
    slug: 'branching',
    title: { en: 'Branches' },
    languages: ['en'],
    prompts: [
      {
        slug: 'fork',
        messages: [{ text: { en: 'Which way?' } }],
        options: [
          { id: 'a', text: { en: 'left' } },
          { id: 'b', text: { en: 'right' } },
          { id: 'c', text: { en: 'home' } },
        ],
        key: 'a',
        maxAttempts: 1,
        next: { right: 'treasure', wrong: 'swamp', options: { c: 'end' } },
      },
      { slug: 'swamp', messages: [{ text: { en: 'Stuck. Anything to say?' } }], next: { answered: 'bye' } },
      { slug: 'treasure', messages: [{ text: { en: 'Rich!' } }], next: 'end' },
      { slug: 'bye', messages: [{ text: { en: 'Bye.' } }] },
    ],
  },
});

/** An option is a word that asks for the next drill elsewhere. */
export const howMuch = drillRevisionSchema.parse({
  hash: 'e'.repeat(64),
  content: {
    slug: 'how-much',
    title: { en: 'Soap' },
    languages: ['en'],
    prompts: [
      {
        slug: 'soap',
        messages: [{ text: { en: 'More soap or less?' } }],
        options: [
          { id: 'a', text: { en: 'more' } },
          { id: 'b', text: { en: 'less' } },
        ],
        key: 'a',
      },
    ],
  },
});

export const fixtures: World = {
  drills: [handwashing, intake, onePrompt, branching, howMuch],
  codes: {
    ACME: { status: 'Valid', demo: false, account: employer },
    SHOW: { status: 'Valid', demo: true, account: { employerName: 'Show' } },
    'NOBODY-1': { status: 'Valid', demo: false, account: {} },
    DOWN: { status: 'Unavailable' },
  },
};

/** A conversation in the fixtures' world, after these events. */
export const given = (...history: readonly Loose<EventType>[]): Talk => inWorld(fixtures, ...history);

const registration = { type: 'TraineeRegistered', source: 'text', demo: false } as const;
export const registered = { ...registration, code: 'ACME', account: employer };
export const demoRegistered = {
  ...registration,
  code: 'SHOW',
  demo: true,
  account: { employerName: 'Show' },
};
export const unemployed = { ...registration, code: 'NOBODY-1', account: {} };
export const optedOut = { type: 'TraineeOptedOut', source: 'text', word: 'STOP' } as const;
export const spanish = { type: 'TraineeUpdated', profile: { language: 'es' }, account: {} } as const;

/** That a drill was started, at its first prompt. */
export const startedDrill = ({ hash, content }: DrillRevision): Loose<'DrillStarted'> => ({
  type: 'DrillStarted',
  runId: 'run-0',
  drill: content.slug,
  revision: hash,
  reason: 'scheduled',
  prompt: {
    slug: content.prompts[0]?.slug,
    language: 'en',
    position: 1,
    of: content.prompts.length,
    messages: [],
  },
});
export const started = startedDrill(handwashing);
