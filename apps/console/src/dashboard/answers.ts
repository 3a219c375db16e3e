/** What the API answers, as far as this page shows it. A spec holds each field against docs/openapi.json, which has all. */

export type Interval = { readonly low: number; readonly high: number };

/** So many of so many; `share` is null where too few stand behind it. */
export type Rate = {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly interval: Interval | null;
};

export type Completion = {
  readonly assigned: number;
  readonly started: number;
  readonly completed: number;
  readonly due: number;
  readonly onTime: number;
  readonly optedOut: number;
  /** Of the completed that have a pass mark. */
  readonly passed: Rate;
  readonly score: { readonly of: number; readonly mean: number | null };
};

export type Group = Readonly<Record<string, string | null | undefined>>;
export type CompletionLine = Completion & { readonly group: Group };
export type CompletionAnswer = {
  readonly asOf: string;
  readonly days: string;
  readonly attribution: string;
  readonly lines: readonly CompletionLine[];
  readonly total: Completion;
};

export type Costs = {
  readonly messages: number;
  readonly segments: number;
  readonly unmeasured: number;
  readonly cost: number | null;
  /** What the carrier charged, by currency. */
  readonly billed: readonly {
    readonly currency: string;
    readonly amount: number;
    readonly messages: number;
  }[];
  readonly completed: number | null;
  readonly perCompleted: number | null;
};
export type CostLine = Costs & { readonly group: Group };
export type CostAnswer = {
  readonly asOf: string;
  readonly days: string;
  readonly attribution: string;
  readonly without: string;
  readonly segmentPrice: number | null;
  readonly lines: readonly CostLine[];
  readonly total: Costs;
};

export type ReminderFigures = {
  readonly sent: number;
  readonly afterFirst: Rate;
  readonly afterSecond: Rate;
  readonly afterThird: Rate;
  readonly rescued: Rate;
  readonly medianHours: number | null;
  readonly optedOut: Rate;
};
export type RemindersAnswer = { readonly total: ReminderFigures };

export type EngagementAnswer = {
  readonly total: {
    readonly confidence: {
      readonly pairs: number;
      readonly before: number | null;
      readonly after: number | null;
      readonly lift: number | null;
    };
    readonly satisfaction: { readonly of: number; readonly mean: number | null };
  };
};

/** What an author should look at. */
export type Flag =
  | { readonly flag: 'checkTheKey'; readonly option: string | null }
  | { readonly flag: 'deadOption'; readonly option: string }
  | { readonly flag: 'weak' | 'tooEasy' | 'tooHard' };

export type Item = {
  readonly grade: 'countsOnly' | 'ratesOnly' | 'provisional' | 'full';
  readonly answers: number;
  readonly complete: number;
  readonly facility: Rate;
  readonly options: readonly { readonly option: string | null; readonly picked: Rate }[];
  readonly flags: readonly Flag[];
};

export type Question = {
  readonly prompt: string;
  readonly reached: number;
  readonly answered: number;
  readonly item?: Item;
  readonly rightInTheEnd: Rate;
  readonly afterReminder: Rate;
  readonly unclear: number;
  readonly key?: string;
  /** Runs that were completed by being put it: it asks for nothing. */
  readonly ended: number;
  readonly seconds: { readonly median: number | null; readonly p90: number | null };
};

/** The questions of one content of a drill in one language. */
export type Version = {
  readonly revision: string;
  readonly language: string;
  readonly runs: number;
  readonly questions: readonly Question[];
};

export type ItemsAnswer = {
  readonly asOf: string;
  readonly drill: string;
  readonly revisions: readonly Version[];
};

/** One prompt of the way through a drill; `after` says what was put before it, `null` where it was the first. */
export type FunnelPrompt = {
  readonly prompt: string;
  readonly reached: number;
  readonly answered: number;
  /** Runs that were completed by being put it: it asks for nothing. */
  readonly ended: number;
  readonly after: readonly { readonly prompt: string | null; readonly runs: number }[];
};

/** The way through one content of a drill in one language. */
export type FunnelVersion = {
  readonly revision: string;
  readonly language: string;
  readonly runs: number;
  readonly prompts: readonly FunnelPrompt[];
};

export type FunnelAnswer = {
  readonly asOf: string;
  readonly revisions: readonly FunnelVersion[];
};

export type EmployersAnswer = {
  readonly asOf: string;
  readonly employers: readonly { readonly employerId: string | null; readonly unitIds: readonly string[] }[];
};

export type DrillsAnswer = {
  readonly drills: readonly { readonly drill: string; readonly languages: readonly string[] }[];
};

export type OverdueRun = {
  readonly phone: string;
  readonly runId: string;
  readonly drill: string;
  readonly dueOn: string;
  readonly daysLate: number;
  readonly open: { readonly prompt: string; readonly openHours: number; readonly remindedAt?: string };
  readonly employerId?: string;
  readonly unitId?: string;
};

export type OverdueAnswer = {
  readonly asOf: string;
  readonly without: string;
  readonly items: readonly OverdueRun[];
  readonly nextCursor?: string;
};

/** Why something that was asked for would lead to nothing. */
export type Obstacle = { readonly code: string; readonly message: string; readonly opensAt?: string };

export type ForecastAnswer = { readonly possible: boolean; readonly obstacles: readonly Obstacle[] };

export type CommandAnswer = { readonly commandId: string };

export type TraineeAnswer = {
  readonly phone: string;
  readonly name?: string;
  readonly language: string;
  readonly optedOut: boolean;
  readonly registered: boolean;
  readonly account: {
    readonly employerId?: string;
    readonly employerName?: string;
    readonly unitId?: string;
  };
  readonly drills: readonly {
    readonly drill: string;
    readonly started: number;
    readonly completed: number;
  }[];
  readonly runs: readonly TraineeRun[];
  readonly course: Course;
};

/** Graded questions right at the first attempt. */
export type Score = { readonly count: number; readonly of: number };

/** How somebody stands with the course. */
export type Course = {
  readonly drills: number;
  readonly completed: number;
  readonly score?: Score;
  readonly passMark?: number;
  readonly passed?: boolean;
};

/** One drill given to a trainee. */
export type TraineeRun = {
  readonly runId: string;
  readonly drill: string;
  readonly status: 'running' | 'completed' | 'abandoned';
  readonly counts: boolean;
  readonly startedAt: string;
  readonly score?: Score;
  readonly passMark?: number;
  readonly passed?: boolean;
  readonly day?: string;
  readonly zone?: string;
};

export type PastEvent = { readonly type: string } & Readonly<Record<string, unknown>>;
export type HistoryAnswer = {
  readonly items: readonly {
    readonly sequence: number;
    readonly at: string;
    readonly events: readonly PastEvent[];
  }[];
  readonly nextCursor?: string;
};

/** What a person can rule; `asJudged` takes back what was ruled before. */
export type RulingVerdict = 'right' | 'wrong' | 'asJudged';

/** What somebody ruled on a group of replies. */
export type Ruling = {
  readonly verdict: string;
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
};

/** Replies of several people that say the same to one question, and were not taken for right. */
export type ReplyGroup = {
  readonly id: string;
  readonly drill: string;
  readonly revision: string;
  readonly language: string;
  readonly prompt: string;
  readonly text: string;
  readonly examples: readonly string[];
  readonly question?: { readonly words: string; readonly right: readonly string[] };
  readonly replies: number;
  readonly runs: number;
  readonly trainees: number;
  /** Replies on which no ruling stands. */
  readonly open: number;
  readonly judged: { readonly wrong: number; readonly unclear: number };
  readonly ruled: { readonly right: number; readonly wrong: number };
  readonly option?: string;
  readonly ruling?: Ruling;
  readonly tellsTrainees: boolean;
};

export type RegradingAnswer = {
  readonly items: readonly ReplyGroup[];
  readonly from?: string;
  readonly until?: string;
  readonly mayRule: boolean;
  readonly nextCursor?: string;
};

export type RuledAnswer = Ruling & { readonly regraded: number };
