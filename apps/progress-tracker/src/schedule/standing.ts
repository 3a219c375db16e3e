import type { ClosedDate, Instant, LocalDate, Span, TimeZone } from '@stopcovid/calendar';
import type { CommandId, DrillRunId, DrillSlug, Phone, PromptSlug } from '@stopcovid/contracts';

/** The prompt that a trainee has not answered. An answer makes it another prompt, or this one anew without reminders. */
export type OpenPrompt = {
  readonly prompt: PromptSlug;
  readonly askedAt: Instant;
  /** How many rungs of the ladder are behind, sent or left out, and when the last was sent. */
  readonly rung: number;
  readonly remindedAt: Instant | null;
};

export type RunningDrill = {
  readonly runId: DrillRunId;
  /** When the trainee last answered it; when it started, if never. */
  readonly lastAnsweredAt: Instant;
  readonly open: OpenPrompt | null;
};

/** A prompt of a drill. */
export type PromptOf = { readonly drill: DrillSlug; readonly prompt: PromptSlug };

/** A prompt that was not right at first and comes back: on `dueOn`, or on the next delivery day. */
export type MissedPrompt = PromptOf & {
  readonly dueOn: LocalDate;
  /** Which step of the ladder led to `dueOn`, from 0. */
  readonly step: number;
  readonly rightInARow: number;
};

/** Since when somebody has the date of a drip, and for how many days after its day a step is still wanted. */
type Enrolled = { readonly enrolledAt: Instant; readonly keepDays: number };

/** A step of a drip whose drill is to be its day's drill. `tries` is how often the engine held it back. */
export type PendingDrill = Enrolled & {
  readonly step: string;
  readonly date: LocalDate;
  readonly minute: number;
  readonly drill: DrillSlug;
  readonly tries: number;
};

/** One message that waits for its local time: a step of a drip, which is skipped when too late, or a broadcast. */
export type PendingMessage = {
  readonly id: string;
  readonly date: LocalDate;
  /** Minutes since midnight. */
  readonly minute: number;
} & (({ readonly kind: 'drip' } & Enrolled) | { readonly kind: 'broadcast'; readonly until: Instant });

/** Where a trainee stands: all that the plan depends on, beside the schedule that applies and the time. */
export type Standing = {
  readonly phone: Phone;
  readonly registered: boolean;
  readonly optedOut: boolean;
  /** Whether this is the phone that the person registered last. */
  readonly active: boolean;
  readonly paused: { readonly until: Instant | null } | null;
  /** The zone that the trainee told, or that came with their import. */
  readonly zone: { readonly name: TimeZone; readonly source: 'trainee' | 'import' } | null;
  /** Since when they can be scheduled: the latest of registration, opt-in, resume and becoming the active phone. */
  readonly eligibleSince: Instant;
  /** When a drill was last started, whatever for, or its start was last published. */
  readonly lastStartAt: Instant | null;
  /** When the last drill ended. */
  readonly freeSince: Instant | null;
  /** Up to when occurrences of drills are on record: started, expired or skipped. */
  readonly settledThrough: Instant | null;
  /** A start that the engine held back (budget, congestion): how often on that date, and when last. */
  readonly postponed: { readonly date: LocalDate; readonly rounds: number; readonly at: Instant } | null;
  readonly running: RunningDrill | null;
  /** The next drill of the course; `null` when there is none left. */
  readonly nextDrill: DrillSlug | null;
  readonly missed: readonly MissedPrompt[];
  readonly messages: readonly PendingMessage[];
  /** The drills of drips that wait, the earliest first. */
  readonly steps: readonly PendingDrill[];
};

/** Why something that is due comes later than its rule says. */
export type HeldBy = 'quietHours' | 'minGap' | 'postponed' | 'unfinished';

type Due = {
  readonly commandId: CommandId;
  /** When the rule says, without spread. */
  readonly nominalAt: Instant;
  /** With spread, moved into the window: when it is to be published. In the past where that was missed and is still right. */
  readonly dueAt: Instant;
  /** The piece of the delivery window that it belongs to. */
  readonly window: Span;
  /** From here on it must not go out any more. */
  readonly notAfter: Instant;
  readonly held: HeldBy | null;
};

export type DrillOccurrence = Due & {
  readonly date: LocalDate;
  readonly runId: DrillRunId;
  readonly repeats: readonly PromptOf[];
} &
  /** The next of the course, or the drill of a step of a drip. */
  (
    | { readonly kind: 'drill'; readonly drill: DrillSlug; readonly step: string | null }
    /** Missed prompts alone, on a day that has no new content. */
    | { readonly kind: 'repeat' }
  );

export type ReminderOccurrence = Due & {
  readonly kind: 'reminder';
  readonly runId: DrillRunId;
  readonly prompt: PromptSlug;
  readonly rung: number;
  /** After this one the ladder has ended. */
  readonly last: boolean;
};

export type MessageOccurrence = Due & {
  readonly kind: 'drip' | 'broadcast';
  readonly message: string;
  /** In which it may go out, the first from `dueAt` on: what is held back over the end of one goes out in the next. */
  readonly windows: readonly Span[];
};

export type Occurrence = DrillOccurrence | ReminderOccurrence | MessageOccurrence;

/** Why an occurrence that the rule named does not come. */
export type PassedBy =
  | ClosedDate
  | 'expired'
  | 'noSuchTime'
  | 'noWindow'
  | 'minGap'
  | 'postponed'
  | 'unfinished'
  | 'nothingNew'
  | 'laterRung'
  | 'beforeEnrolment'
  | 'notEligible'
  | 'oneADay'
  | 'tooLate';

/** What becomes of one date: a drill, a reason why none, or nothing that concerns it. */
export type DateVerdict = DrillOccurrence | { readonly kind: 'none'; readonly reason: PassedBy } | 'settled';

/** An occurrence that does not come, with its reason. `at` is up to when that is settled. */
export type Passed = {
  readonly kind: Occurrence['kind'];
  /** The date, the rung or the message. */
  readonly nominal: string;
  readonly reason: PassedBy;
  readonly at: Instant;
};

/** Why nothing at all, or no further drill, is ahead. */
export type Idle =
  | 'notRegistered'
  | 'optedOut'
  | 'notActive'
  | 'paused'
  | 'noZone'
  | 'unfinished'
  | 'outOfDrills'
  | 'ended';

export type Plan = {
  /** At most one drill, one reminder, and the messages that wait; by `dueAt`. */
  readonly occurrences: readonly Occurrence[];
  /** What came due since the last occurrence on record and does not come any more. */
  readonly passed: readonly Passed[];
  /** The running drill ends unfinished, if nothing is answered until then. */
  readonly abandon: { readonly runId: DrillRunId; readonly at: Instant } | null;
  readonly idle: Idle | null;
  /** When something is to be done next; `null` when nothing is. */
  readonly nextAt: Instant | null;
  /** Under which zone data the plan was made: make it anew under others. */
  readonly tzVersion: string;
};
