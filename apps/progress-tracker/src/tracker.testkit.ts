import {
  decodeBatch,
  encodeBatch,
  dialogEventSchema,
  drillSlugSchema,
  eventSample,
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

const drill = run('one');

/** Events of which specs say much, as plain as they can be; of the others a sample does. */
const plain: Partial<Record<EventType, object>> = {
  TraineeRegistered: { code: 'HYGIENE', demo: false, source: 'text', account: {} },
  RegistrationRefused: { code: 'WRONG', source: 'text' },
  RegistrationUnavailable: { code: 'WRONG', source: 'text' },
  TraineeUpdated: { profile: {}, account: {} },
  TraineeOptedOut: { source: 'text', word: 'STOP' },
  TraineeOptedIn: { source: 'text', word: 'STOP' },
  DrillStarted: { ...drill, revision: 'a'.repeat(64), reason: 'registered', prompt: question('first') },
  PromptCompleted: { ...drill, prompt: 'first', response: 'b', rule: 'Marker', attempt: 1, correct: true },
  PromptFailed: {
    ...drill,
    prompt: 'first',
    response: 'a',
    rule: 'OtherOption',
    attempt: 1,
    abandoned: false,
  },
  PromptAdvanced: { ...drill, prompt: question('second') },
  DrillCompleted: { ...drill, right: 1, graded: 1, autoContinue: false },
  DrillAbandoned: { ...drill, reason: 'replaced' },
  DrillPostponed: { drill: 'one', reason: 'congestion' },
  TraineeReminded: { ...drill, prompt: question('first') },
  DrillDeferred: { word: 'MORE', prompt: question('first') },
  MessageRequested: { text: 'hello' },
  ThanksReceived: { text: 'hm' },
  TextNotUnderstood: { text: 'hm' },
  NextDrillRequested: { word: 'MORE' },
  DrillRequested: { word: 'MORE' },
  HelpRequested: { word: 'MORE' },
  DemoRequested: { word: 'MORE' },
  MenuRequested: {},
  SupportRequested: {},
  InfoRequested: {},
  OptOutDeclined: {},
  SchedulePaused: { reason: 'text', word: 'PAUSE' },
  ScheduleResumed: { source: 'text', word: 'RESUME' },
  OptOutQuestioned: { text: 'please stop texting me' },
  ChannelChanged: { channel: 'whatsapp' },
  ReplyUnclear: {
    ...drill,
    prompt: 'first',
    response: 'hm',
    rule: 'NoMatch',
    why: 'none',
    count: 1,
    asks: { wants: 'option', prompt: question('first') },
  },
};

/** An event of a type, sensible in all that the test does not say. */
export const event = <T extends EventType>(type: T, fields: object = {}): Event<T> =>
  dialogEventSchema.parse({ type, ...(plain[type] ?? eventSample(type)), ...fields }) as Event<T>;

/** The events that start a drill and bring it to its end. */
export const started = (drill: string): Event<'DrillStarted'> => event('DrillStarted', run(drill));
export const completed = (drill: string, fields: object = {}): Event<'DrillCompleted'> =>
  event('DrillCompleted', { ...run(drill), ...fields });

const throughTheWire = (batch: EventBatch): DecodedBatch => {
  const decoded = decodeBatch(encodeBatch(batch));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
};

type BatchFields = {
  readonly phone?: Phone;
  readonly trainee?: Trainee;
  readonly commandId?: string;
  readonly commandType?: string;
  readonly at?: string;
};

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
