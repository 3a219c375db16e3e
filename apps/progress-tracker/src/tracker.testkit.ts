import {
  decodeBatch,
  encodeBatch,
  dialogEventSchema,
  drillSlugSchema,
  phoneSchema,
  traineeSchema,
  type DecodedBatch,
  type DialogEvent,
  type Event,
  type EventBatch,
  type EventType,
  type Phone,
  type Trainee,
} from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { Offer } from './progress/offer';

export const maria: Phone = phoneSchema.parse('+12025550143');

export const registered: Trainee = traineeSchema.parse({
  registration: { code: 'HYGIENE', demo: false, at: '2026-03-01T09:00:00.000Z' },
  optedOut: false,
  profile: { name: 'Maria', language: 'en', answers: {} },
  account: { employerId: 'acme', employerName: 'Acme' },
});

const question = (slug: string) => ({
  slug,
  language: 'en',
  position: 1,
  of: 2,
  messages: [{ text: 'Why?' }],
});
const run = (drill: string) => ({ runId: `run-${drill}`, drill });

const sensible = (type: EventType): object => {
  const drill = run('one');
  switch (type) {
    case 'TraineeRegistered':
      return { code: 'HYGIENE', demo: false, source: 'text', account: {} };
    case 'RegistrationRefused':
    case 'RegistrationUnavailable':
      return { code: 'WRONG', source: 'text' };
    case 'TraineeUpdated':
      return { profile: {}, account: {} };
    case 'TraineeOptedOut':
    case 'TraineeOptedIn':
      return { source: 'text', word: 'STOP' };
    case 'DrillStarted':
      return { ...drill, revision: 'a'.repeat(64), reason: 'registered', prompt: question('first') };
    case 'PromptCompleted':
      return { ...drill, prompt: 'first', response: 'b', rule: 'Marker', attempt: 1, correct: true };
    case 'ReplyUnclear': {
      const asks = { wants: 'option', prompt: question('first') };
      return { ...drill, prompt: 'first', response: 'hm', rule: 'NoMatch', why: 'none', count: 1, asks };
    }
    case 'PromptFailed':
      return { ...drill, prompt: 'first', response: 'a', rule: 'OtherOption', attempt: 1, abandoned: false };
    case 'PromptAdvanced':
      return { ...drill, prompt: question('second') };
    case 'DrillCompleted':
      return { ...drill, right: 1, graded: 1, autoContinue: false };
    case 'DrillAbandoned':
      return { ...drill, reason: 'replaced' };
    case 'DrillPostponed':
      return { drill: drill.drill, reason: 'congestion' };
    case 'TraineeReminded':
      return { ...drill, prompt: question('first') };
    case 'DrillDeferred':
      return { word: 'MORE', prompt: question('first') };
    case 'MessageRequested':
      return { text: 'hello' };
    case 'ThanksReceived':
    case 'TextNotUnderstood':
      return { text: 'hm' };
    case 'NextDrillRequested':
    case 'DrillRequested':
    case 'HelpRequested':
    case 'DemoRequested':
      return { word: 'MORE' };
    case 'MenuRequested':
    case 'SupportRequested':
    case 'InfoRequested':
    case 'OptOutDeclined':
      return {};
    case 'SchedulePaused':
      return { reason: 'text', word: 'PAUSE' };
    case 'ScheduleResumed':
      return { source: 'text', word: 'RESUME' };
    case 'OptOutQuestioned':
      return { text: 'please stop texting me' };
    case 'ChannelChanged':
      return { channel: 'whatsapp' };
  }
};

/** An event of a type, sensible in all that the test does not say. */
export const event = <T extends EventType>(type: T, fields: object = {}): Event<T> =>
  dialogEventSchema.parse({ type, ...sensible(type), ...fields }) as Event<T>;

/** The events that start a drill and bring it to its end. */
export const started = (drill: string): Event<'DrillStarted'> => event('DrillStarted', run(drill));
export const completed = (drill: string, fields: object = {}): Event<'DrillCompleted'> =>
  event('DrillCompleted', { ...run(drill), ...fields });

const throughTheWire = (batch: EventBatch): DecodedBatch => {
  const decoded = decodeBatch(encodeBatch(batch));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
};

type BatchFields = { readonly phone?: Phone; readonly trainee?: Trainee; readonly commandType?: string };

/** A batch of a version with these events, at the version's own hour. */
export const batchOf = (
  version: number,
  events: readonly DialogEvent[],
  fields: BatchFields = {},
): DecodedBatch =>
  throughTheWire({
    type: 'EventBatch',
    schemaVersion: 1,
    phone: maria,
    at: `2026-03-${String(version).padStart(2, '0')}T10:00:00.000Z`,
    version,
    commandId: `command-${version}`,
    commandType: 'ReceiveSms',
    trainee: registered,
    ...fields,
    events,
  } as EventBatch);

/** The record in which a batch stands on the topic, at the offset of its version. */
export const recordOf = (batch: EventBatch, offset = batch.version): LogRecord => ({
  topic: 'dialog.events.v1',
  partition: 0,
  offset: String(offset),
  key: batch.phone,
  value: Buffer.from(encodeBatch(batch)),
  headers: {},
  timestamp: 0,
});

/** A course of drills, all of which exist. */
export const offering = (...drills: readonly string[]): Offer => {
  const slugs = drills.map((drill) => drillSlugSchema.parse(drill));
  return { slug: 'course', drills: slugs, known: new Set(slugs) } as Offer;
};
