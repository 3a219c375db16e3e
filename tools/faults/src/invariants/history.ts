import type { Span, TimeZone } from '@stopcovid/calendar';
import type { CommandId, DialogCommand, DrillSlug, EventBatch, Phone } from '@stopcovid/contracts';
import type { Dialog } from '@stopcovid/dialog-engine';
import type { LogRecord } from '@stopcovid/kafka';
import type { DrillRun, PhoneSchedule, TraineeProgress } from '@stopcovid/progress-tracker';

/** What a quiet system broke, and where. */
export type Violation = {
  readonly invariant: Invariant;
  readonly phone?: Phone;
  readonly detail: string;
};

/** The promises, by the names that the reliability page gives them. */
export type Invariant =
  | 'I1'
  | 'I2'
  | 'I3'
  | 'I4'
  | 'I5'
  | 'I6'
  | 'I7'
  | 'I8'
  | 'I9'
  | 'I10'
  | 'I11'
  | 'I12'
  | 'I13'
  | 'I14'
  | 'I15'
  | 'I16'
  | 'I17'
  | 'I18';

/** One text that the carrier accepted, as its own log has it, oldest first. */
export type CarrierMessage = {
  readonly sid: string;
  readonly to: Phone;
  readonly body: string;
  /** Our opaque id, as the status callback carries it. */
  readonly messageId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When the sender called; `at`, where nobody but the carrier can say. */
  readonly calledAt: number;
};

/** One text to us, as the carrier lists it. */
export type ListedText = {
  /** Also the id of the command that it leads to. */
  readonly sid: CommandId;
  readonly from: Phone;
  /** Whether no webhook told of it: then only a sweep can have brought it. */
  readonly untold: boolean;
};

/** Something was slow for a while, and who texted meanwhile without needing anything of it. */
export type Slowness = {
  readonly what: string;
  /** How long such a text may wait for the first text of its answer, in milliseconds. */
  readonly boundMs: number;
  /** Those texts; `at` is when they came in, in milliseconds by the carrier's clock. */
  readonly beside: readonly { readonly commandId: CommandId; readonly at: number }[];
};

/** A schedule of one drill a day for everybody, and what the clock made of it. */
export type Scheduled = {
  /** Where everybody is. */
  readonly zone: TimeZone;
  /** Between which minutes of their day something proactive may come: from `opens` on, until `closes`. */
  readonly window: { readonly opens: number; readonly closes: number };
  /** The drills of the course. */
  readonly drills: readonly DrillSlug[];
  /** Some days over which nothing failed, and the clock had caught up when they began. */
  readonly calm: Span;
  readonly schedules: readonly PhoneSchedule[];
};

/** What a finished run left behind. Records stand in the order of their partitions. */
export type History = {
  /** Commands whose producer was told that they are durable. */
  readonly accepted: readonly DialogCommand[];
  /** Texts to us that the carrier lists, oldest first, whatever became of their webhooks. */
  readonly listed: readonly ListedText[];
  /** All of `dialog.commands.v1`, poison and repeats included. */
  readonly commands: readonly LogRecord[];
  /** All of `dialog.events.v1`. */
  readonly events: readonly LogRecord[];
  /** All of `sms.log.v1`. */
  readonly smsLog: readonly LogRecord[];
  /** All dead letters, of every topic. */
  readonly deadLetters: readonly LogRecord[];
  /** Where the poison was put: `topic/partition/offset`. */
  readonly poison: ReadonlySet<string>;
  readonly dialogs: readonly Dialog[];
  /** The marks under which commands wait. One that stands on a dialog with nothing under it holds nothing back. */
  readonly held: ReadonlySet<string>;
  readonly trainees: readonly TraineeProgress[];
  readonly runs: readonly DrillRun[];
  readonly carrier: readonly CarrierMessage[];
  readonly slowness: readonly Slowness[];
  /** `null` where nothing comes by time. */
  readonly scheduled: Scheduled | null;
  /** Phones that nobody named but unsigned requests. */
  readonly forged: ReadonlySet<string>;
  /** The texts that a batch asks for, in their order, with the ids that the sender gives them. */
  readonly textsOf: (batch: EventBatch) => readonly ExpectedText[];
};

/** A text that a batch asks for. `consent` ones may be sent to who opted out. */
export type ExpectedText = { readonly messageId: string; readonly isConsent: boolean };
