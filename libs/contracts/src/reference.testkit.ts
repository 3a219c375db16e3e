import { z } from 'zod';
import type { CommandType } from './commands';
import { dialogCommandSchema } from './commands';
import { drillContentSchema } from './drill';
import { batchEnvelopeSchema, dialogEventSchema, type EventType } from './events';
import { examples, examplesOf } from './examples.testkit';
import { smsLogRecordSchema, type SmsLogRecord } from './sms-log';

type MessageType = CommandType | EventType | SmsLogRecord['type'] | 'EventBatch' | 'DrillContent';

/** What each message says, for people. */
const meanings: Readonly<Record<MessageType, string>> = {
  ReceiveSms: 'A text came from a phone. `media` counts its attachments, which are not read.',
  StartDrill:
    'Starts a drill by name, at its current revision, a given one, or with content that travels along.',
  RemindTrainee: 'Puts the open question again; ignored unless that prompt of that run is still open.',
  SendMessage: 'Sends a message of an operator, or one of our own notices. Never to someone who opted out.',
  UpdateTrainee:
    'Merges into the profile and the account; `null` forgets a field. Unknown fields and blank ones are refused.',
  EnrolTrainee: 'Registers a phone by a code that the person gave elsewhere. It never opts anybody in.',
  OptOutTrainee: 'Opts a phone out without a text. No command opts in.',
  EventBatch:
    'All that one command led to, in order, with the trainee after it. An event is named phone:version:index.',
  TraineeRegistered: 'The code was good: the phone has an account.',
  RegistrationRefused: 'The code is not known.',
  RegistrationUnavailable:
    'The registration service did not answer in time; nothing was decided about the code.',
  TraineeUpdated:
    'The profile or the account changed. `account` is what was told anew, `forgotten` names its fields that are no longer known.',
  TraineeOptedOut: 'The trainee, an operator or the carrier ended the messages.',
  TraineeOptedIn: 'The trainee asked for messages again.',
  DrillStarted: 'A run of a drill began; its first prompt was put.',
  PromptCompleted: 'A prompt was answered; `correct` is absent where nothing was graded.',
  PromptFailed:
    'A wrong answer; `abandoned` after the last attempt, when the right one is revealed. `graded: false` where only a number or a yes or no was asked for, and nothing counts.',
  PromptAdvanced: 'The next prompt was put.',
  DrillCompleted: 'The run ended; `right` of `graded` questions were answered rightly, at whichever attempt.',
  DrillAbandoned: 'The run ended early.',
  DrillPostponed:
    'A schedule wanted to start a drill, and it was held back: too many phones wait for their texts, or the employer’s budget is spent. The run in progress goes on, the trainee hears nothing. Who keeps schedules sets this one anew on this event.',
  NextDrillRequested: 'The trainee asked for the next drill of the course.',
  DrillRequested: 'The trainee asked for a drill by a keyword, which may name it.',
  OptOutQuestioned: 'A text that is no keyword plainly asked us to stop. We ask back, once.',
  OptOutDeclined: 'The text after that question did not confirm it.',
  ChannelChanged:
    'A text came by another channel, or from another spelling of the number: answers go there from now on.',
  TraineeReminded: 'The open question was put again, because no answer came.',
  MessageRequested: 'A message of an operator, or one of our own notices, is to be sent.',
  MenuRequested: 'The trainee asked what can be texted. `prompt` is the open question, put again.',
  SupportRequested: 'The trainee asked who can help. `prompt` is the open question, put again.',
  InfoRequested: 'The trainee asked what this is. `prompt` is the open question, put again.',
  HelpRequested: 'The trainee asked for help. `prompt` is the open question, put again.',
  DemoRequested: 'Somebody asked for a demonstration.',
  ThanksReceived: 'The trainee said thank you.',
  TextNotUnderstood:
    'A text that is neither an answer nor a word that we know. `media` counts its attachments.',
  SmsReceived: 'A text that came in, as the carrier gave it.',
  SmsSent: 'A message that the carrier took (`sid`) or refused for good (`error`).',
  SmsStatusChanged: 'What the carrier reported of a message later; in any order.',
  DrillContent: 'A drill, as it is stored in a revision and may travel in `StartDrill`.',
};

const lengthOf = ({ minLength = 0, maxLength }: z.core.JSONSchema.BaseSchema): string => {
  if (maxLength !== undefined) return `${minLength} to ${maxLength} characters`;
  return minLength > 0 ? 'not empty' : '';
};

const noteOf = (schema: z.core.JSONSchema.BaseSchema): string => {
  const limits = [
    lengthOf(schema),
    schema.minimum === undefined ? '' : `at least ${schema.minimum}`,
    schema.format === 'date-time' ? 'ISO 8601 UTC' : '',
    schema.format !== 'date-time' && schema.pattern !== undefined ? `\`${schema.pattern}\`` : '',
  ].filter((limit) => limit !== '');
  return limits.length > 0 ? ` (${limits.join(', ')})` : '';
};

type JsonSchema = z.core.JSONSchema.BaseSchema;
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const objectOf = (schema: JsonSchema): string => {
  const fields = Object.entries(schema.properties ?? {}).map(([name]) =>
    (schema.required ?? []).includes(name) ? name : `${name}?`,
  );
  if (fields.length > 0) return `{ ${fields.join(', ')} }`;
  return isSchema(schema.additionalProperties) ? `map of ${typeOf(schema.additionalProperties)}` : 'object';
};

const typeOf = (schema: JsonSchema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.anyOf)
    return [...new Set(schema.anyOf.filter(isSchema).map((one) => typeOf(one) + noteOf(one)))].join(' or ');
  if (schema.type === 'array') return `list of ${isSchema(schema.items) ? typeOf(schema.items) : 'anything'}`;
  return schema.type === 'object' ? objectOf(schema) : String(schema.type);
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const rowsOf = (schema: JsonSchema, prefix: string): readonly string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (!isSchema(field)) return [];
    const required = (schema.required ?? []).includes(name) ? 'yes' : 'no';
    const path = prefix + name;
    const inner = field.type === 'array' && isSchema(field.items) ? field.items : field;
    const below = inner === field ? `${path}.` : `${path}[].`;
    return [
      `| \`${path}\` | ${cell(typeOf(field) + noteOf(field))} | ${required} |`,
      ...(inner.properties ? rowsOf(inner, below) : []),
    ];
  });

const tableOf = (schema: z.ZodType): string => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return ['| field | type | required |', '| --- | --- | --- |', ...rowsOf(json, '')].join('\n');
};

const jsonBlock = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

const section = (type: MessageType, schema: z.ZodType, samples: readonly unknown[]): string =>
  [`### ${type}`, meanings[type], tableOf(schema), ...samples.map(jsonBlock)].join('\n\n');

const valuesOf = (type: string): readonly unknown[] => examplesOf(type).map(({ value }) => value);

const isRecord = (value: unknown): value is { readonly type: unknown; readonly events?: unknown } =>
  typeof value === 'object' && value !== null && 'type' in value;

const recordedEvents: readonly unknown[] = examples.flatMap(({ value }): readonly unknown[] =>
  isRecord(value) && Array.isArray(value.events) ? value.events : [],
);

const eventSample = (type: EventType): readonly unknown[] =>
  recordedEvents.filter((event) => isRecord(event) && event.type === type).slice(0, 1);

/** The whole message reference as Markdown. */
export const messageReference = (): string =>
  [
    '# Messages',
    '<!-- prettier-ignore-start -->',
    'Generated from the schemas and the examples in `libs/contracts`; a spec fails when it is stale. To write it anew: `UPDATE_DOCS=1 npx jest --selectProjects contracts`.',
    'Every record is JSON in UTF-8, keyed by the phone number. Readers ignore fields that they do not know.',
    '## Commands: `dialog.commands.v1`',
    ...dialogCommandSchema.options.map((option) => {
      const type = option.shape.type.value;
      return section(type, option, valuesOf(type));
    }),
    '## Event batches: `dialog.events.v1`',
    section('EventBatch', batchEnvelopeSchema, valuesOf('batch-completed')),
    'Besides these fields a batch has `events`, a list of the following. An empty list is recorded too.',
    ...dialogEventSchema.options.map((option) =>
      section(option.shape.type.value, option, eventSample(option.shape.type.value)),
    ),
    '## The log of texts: `sms.log.v1`',
    ...smsLogRecordSchema.options.map((option) => {
      const type = option.shape.type.value;
      return section(type, option, valuesOf(type));
    }),
    '## Drills',
    section('DrillContent', drillContentSchema, valuesOf('DrillContent')),
    '<!-- prettier-ignore-end -->',
  ].join('\n\n') + '\n';
