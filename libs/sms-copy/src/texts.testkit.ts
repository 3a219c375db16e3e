import { decodeBatch, eventSample, type DecodedBatch, type EventType } from '@stopcovid/contracts';

type Changes = Readonly<Record<string, unknown>>;

const run = { runId: 'run-1', drill: 'hand-washing' };
const answer = { ...run, prompt: 'how-long', response: 'b', rule: 'option', attempt: 1 };

/** A question with a picture, options and all that a template may ask for. */
export const question = {
  slug: 'how-long',
  language: 'en',
  position: 2,
  of: 5,
  messages: [
    { text: '{{position}}/{{of}} {{name}}, how long do you wash your hands at {{company}}?\n{{options}}' },
    { text: 'Look!', media: 'hands/a sink.jpg' },
  ],
  options: [
    { id: 'a', text: 'for 10 seconds' },
    { id: 'b', text: 'for 20\nseconds' },
  ],
};

/** Events of which a spec says much, as plain as they can be; of the others a sample does. */
const plain: Partial<Record<EventType, Changes>> = {
  TraineeRegistered: { code: 'verde-17', demo: false, source: 'text', account: {} },
  TraineeOptedOut: { source: 'text', word: 'stop' },
  TraineeOptedIn: { source: 'text', word: 'start' },
  DrillStarted: { ...run, revision: 'a'.repeat(64), reason: 'scheduled', prompt: question },
  PromptCompleted: { ...answer, correct: true },
  PromptFailed: { ...answer, abandoned: false },
  PromptAdvanced: { ...run, prompt: question },
  DrillCompleted: { ...run, right: 2, graded: 3, autoContinue: false },
  TraineeReminded: { ...run, prompt: question },
  MessageRequested: { text: 'The kitchen closes at four.' },
  MenuRequested: {},
  SupportRequested: {},
  InfoRequested: {},
  HelpRequested: { word: 'help' },
  TextNotUnderstood: { text: 'pomegranate' },
};

/** An event of a type, in its wire form. */
export const event = (type: EventType, changes: Changes = {}): Changes => ({
  type,
  ...(plain[type] ?? eventSample(type)),
  ...changes,
});

/** Rosa, of Casa Verde, who reads English; `changes` are to her profile. */
export const rosa = (changes: Changes = {}): Changes => ({
  registration: { code: 'verde-17', demo: false, at: '2026-03-01T17:00:00Z' },
  optedOut: false,
  profile: { name: 'Rosa', language: 'en', answers: {}, ...changes },
  account: { employerName: 'Casa Verde' },
});

/** Somebody who has only just texted for the first time. */
export const stranger: Changes = {
  registration: null,
  optedOut: false,
  profile: { language: 'en', answers: {} },
  account: {},
};

/** A batch of these events that has been through the codec, with the trainee after it. */
export const batchOf = (trainee: Changes, ...events: readonly Changes[]): DecodedBatch => {
  const wire = {
    type: 'EventBatch',
    schemaVersion: 1,
    phone: '+12025550143',
    at: '2026-03-01T17:05:00Z',
    version: 1,
    commandId: 'SM1',
    commandType: 'ReceiveSms',
    trainee,
    events,
  };
  const decoded = decodeBatch(JSON.stringify(wire));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
};
