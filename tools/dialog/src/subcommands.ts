import type { Command } from 'commander';
import type { Surroundings } from './surroundings';

/** What the command line offers; the file of a subcommand, with all that it needs, is loaded when it is asked for. */
export type Subcommand = {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<(program: Command, surroundings: Surroundings) => void>;
};

export const subcommands: readonly Subcommand[] = [
  {
    name: 'simulate',
    description: 'chat with the engine in this terminal: each line is a text',
    load: async () => (await import('./simulate.js')).addSimulate,
  },
  {
    name: 'replay',
    description: 'decide commands from standard input (JSON Lines) and write event batches (JSON Lines)',
    load: async () => (await import('./replay.js')).addReplay,
  },
  {
    name: 'grade',
    description: 'grade replies from standard input (JSON Lines): one verdict a line',
    load: async () => (await import('./grade.js')).addGrade,
  },
  {
    name: 'what-if',
    description: 'which verdicts on recorded replies would change under these drills and this grader',
    load: async () => (await import('./what-if-command.js')).addWhatIf,
  },
  {
    name: 'lint',
    description: 'check drills: format, languages, answers that grade themselves, cost',
    load: async () => (await import('./lint.js')).addLint,
  },
  {
    name: 'codes',
    description: 'registration codes of our own',
    load: async () => (await import('./codes.js')).addCodes,
  },
  {
    name: 'show',
    description: 'where one phone stands: in the engine, in the tracker, in the sender',
    load: async () => (await import('./show.js')).addShow,
  },
  {
    name: 'show-record',
    description: 'show the record at a place of a topic',
    load: async () => (await import('./show-record-command.js')).addShowRecord,
  },
  {
    name: 'trace',
    description: 'what became of one text or command, from the webhook to the carrier, with times',
    load: async () => (await import('./trace-command.js')).addTrace,
  },
  {
    name: 'dead-letters',
    description: 'records that were put aside: list them, show one, send them back',
    load: async () => (await import('./dead-letters-command.js')).addDeadLetters,
  },
  {
    name: 'topics',
    description: 'create the topics, or check them and their settings',
    load: async () => (await import('./topics-command.js')).addTopics,
  },
  {
    name: 'environment',
    description: 'the name that a deployment carries, which guards it against a slip',
    load: async () => (await import('./environment-command.js')).addEnvironment,
  },
  {
    name: 'consent',
    description: 'every opt-in and opt-out of a phone: word, language, source, message, time',
    load: async () => (await import('./consent.js')).addConsent,
  },
  {
    name: 'events',
    description: 'what happened to a phone, in order; export, import: the topics as JSON Lines, for backups',
    load: async () => (await import('./events.js')).addEvents,
  },
  {
    name: 'audit-messages',
    description: "compare the message log with Twilio's list: lost, doubled, unknown, never final",
    load: async () => (await import('./audit-messages-command.js')).addAuditMessages,
  },
  {
    name: 'record-prices',
    description: 'write what Twilio charged for each message into the message log',
    load: async () => (await import('./record-prices-command.js')).addRecordPrices,
  },
  {
    name: 'opt-out',
    description: 'stop texting these phones, because their owners asked elsewhere',
    load: async () => (await import('./opt-out.js')).addOptOut,
  },
  {
    name: 'trainees',
    description: 'list trainees from the projection, in the order of their phones',
    load: async () => (await import('./trainees.js')).addTrainees,
  },
  {
    name: 'act',
    description: 'start a drill, send a message, update, remind, pause or resume: one trainee',
    load: async () => (await import('./act.js')).addAct,
  },
  {
    name: 'erase',
    description: 'forget the person behind a phone, but for an opt-out: what is there first, then a question',
    load: async () => (await import('./erase.js')).addErase,
  },
  {
    name: 'command',
    description: 'what became of a command that was asked for: accepted, decided, put aside',
    load: async () => (await import('./command.js')).addCommand,
  },
  {
    name: 'import',
    description: 'enrol and update trainees from a CSV file; bad rows are rejected, the good ones go on',
    load: async () => (await import('./import.js')).addImport,
  },
  {
    name: 'audience',
    description: 'whom broadcasts go to, saved under names: set, list, remove',
    load: async () => (await import('./audience.js')).addAudience,
  },
  {
    name: 'broadcast',
    description: 'one message to many: send, show, stop',
    load: async () => (await import('./broadcast.js')).addBroadcast,
  },
  {
    name: 'schedule',
    description: 'when the drills come, and why: show, set, clear, preview',
    load: async () => (await import('./schedule.js')).addSchedule,
  },
  {
    name: 'texts',
    description: 'texts that did not go out: list, show, send again, give up',
    load: async () => (await import('./texts.js')).addTexts,
  },
  {
    name: 'held',
    description: 'commands that wait in the engine: list, retry, give up',
    load: async () => (await import('./held.js')).addHeld,
  },
  {
    name: 'keys',
    description: 'API keys of the tracker: add, list, revoke',
    load: async () => (await import('./keys.js')).addKeys,
  },
  {
    name: 'records',
    description: 'completion records: a key to sign them with; make one for who passed and has none',
    load: async () => (await import('./records.js')).addRecords,
  },
  {
    name: 'rebuild',
    description: 'fold the projections afresh beside the live ones, compare, and swap if told to',
    load: async () => (await import('./rebuild.js')).addRebuild,
  },
  {
    name: 'repair',
    description: "mend one phone: the engine's document from its events, a hole on the topic from the outbox",
    load: async () => (await import('./repair.js')).addRepair,
  },
  {
    name: 'restore',
    description: 'after a restore: say what is not whole, and make it whole from the topics',
    load: async () => (await import('./restore-command.js')).addRestore,
  },
];
