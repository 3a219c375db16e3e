import type { Account } from '@stopcovid/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { given } from '../given';
import { CourseStandingView } from './course-views';
import { PageView } from './page-query';
import { RatingView } from './rating-view';
import { ScoreView, scoreView } from './score-view';
import { UnreadableView } from './unreadable-view';
import type { DrillRun, PromptProgress, Reminder } from '../progress/drill-run';
import type { TraineeProgress } from '../progress/evolve-progress';
import { verdicts, type JudgedReply } from '../progress/judged-reply';
import { isValid } from '../progress/course-standing';
import { passedIn, rightIn, scoreOf } from '../progress/run-score';

/** A drill of the course, as far as this trainee has come with it. */
export class DrillProgressView {
  @ApiProperty({ example: 'hand-washing' }) drill!: string;
  @ApiProperty({ description: 'Runs begun since the present registration' }) started!: number;
  @ApiProperty({ description: 'Runs finished since the present registration' }) completed!: number;
}

/** What the employer's registration said. */
export class AccountView {
  @ApiPropertyOptional() employerId?: string;
  @ApiPropertyOptional() employerName?: string;
  @ApiPropertyOptional() unitId?: string;
  @ApiPropertyOptional() unitName?: string;
  @ApiPropertyOptional({ description: "The employer's own id of the person; several phones may share it" })
  personId?: string;
  @ApiPropertyOptional({ type: [String] }) labels?: readonly string[];
}

/** One trainee in a list. */
export class TraineeView {
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiProperty({ description: 'Batches of events so far' }) version!: number;
  @ApiPropertyOptional() name?: string;
  @ApiProperty({ example: 'en', description: 'ISO 639-1' }) language!: string;
  @ApiProperty() optedOut!: boolean;
  @ApiProperty() registered!: boolean;
  @ApiProperty({
    description:
      'False for a phone whose person registered another one later. Each phone has a dialog of its own: what happens ' +
      'on two phones of one person is in no order between them.',
  })
  active!: boolean;
  @ApiProperty({ description: 'Registered with a demonstration code' }) demo!: boolean;
  @ApiPropertyOptional({ format: 'date-time' }) registeredAt?: string;
  @ApiProperty({ type: AccountView }) account!: AccountView;
  @ApiProperty({ description: 'What drills stored, by field', type: 'object', additionalProperties: true })
  answers!: Readonly<Record<string, string | number | boolean>>;
  @ApiProperty({ format: 'date-time' }) firstSeenAt!: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The last text from the trainee; ours do not count',
  })
  lastHeardAt?: string;
  @ApiPropertyOptional({ description: 'The run in progress' }) runningId?: string;
  @ApiProperty({ type: [DrillProgressView] }) drills!: readonly DrillProgressView[];
}

/** One page of trainees. */
export class TraineeListView extends PageView {
  @ApiProperty({ type: [TraineeView] }) items!: readonly TraineeView[];
  @ApiPropertyOptional({ type: [UnreadableView], description: 'What the page should show and cannot' })
  unreadable?: readonly UnreadableView[];
}

/** A reminder of a prompt. */
export class ReminderView {
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The first answer before the next reminder' })
  answeredAt?: string;
}

/** One prompt of a run. */
export class PromptProgressView {
  @ApiProperty() prompt!: string;
  @ApiProperty({ format: 'date-time' }) askedAt!: string;
  @ApiProperty({ description: 'Replies that were judged' }) attempts!: number;
  @ApiPropertyOptional({ description: 'Absent where nothing was graded' }) correct?: boolean;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'As typed; null for an empty reply' })
  lastResponse?: string | null;
  @ApiPropertyOptional({ format: 'date-time' }) lastRespondedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) remindedAt?: string;
  @ApiPropertyOptional({ type: [ReminderView], description: 'Absent where they were not kept yet' })
  reminders?: readonly ReminderView[];
}

/** One reply to a prompt, and what it was taken for. */
export class JudgedReplyView {
  @ApiProperty() prompt!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: String, nullable: true, description: 'As typed; null for an empty reply' })
  response!: string | null;
  @ApiProperty({
    enum: verdicts,
    description: 'What it counts as; `stored` and `refused`: nothing was graded',
  })
  verdict!: string;
  @ApiPropertyOptional({ enum: verdicts, description: 'What it was taken for before a person ruled on it' })
  judged?: string;
  @ApiProperty({ description: 'The rule that decided' }) rule!: string;
  @ApiPropertyOptional({ description: 'From 1; an unclear reply is no attempt' }) attempt?: number;
  @ApiPropertyOptional() option?: string;
  @ApiPropertyOptional({ description: 'Milliseconds since the prompt was put' }) afterMs?: number;
  @ApiPropertyOptional({ description: 'A reminder came before it' }) reminded?: true;
  @ApiPropertyOptional({ description: 'The earlier drill whose prompt was asked again' }) repeatOf?: string;
  @ApiPropertyOptional({ type: RatingView, description: 'Where the question asks for one' })
  rating?: RatingView;
}

/** One drill given to the trainee, from start to end. */
export class DrillRunView {
  @ApiProperty() runId!: string;
  @ApiProperty() drill!: string;
  @ApiProperty({ description: 'Hash of the content that was taught' }) revision!: string;
  @ApiProperty({ enum: ['running', 'completed', 'abandoned'] }) status!: string;
  @ApiProperty({ description: 'Why it was started' }) reason!: string;
  @ApiProperty({
    description:
      'False for runs from before the present registration, cut off by an opt-out, or of repeats alone',
  })
  counts!: boolean;
  @ApiPropertyOptional({ description: 'It asks missed questions again and is no run of the drill named' })
  repeatsOnly?: true;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) endedAt?: string;
  @ApiPropertyOptional() abandonedBecause?: string;
  @ApiPropertyOptional({ description: 'Questions answered rightly, at whichever attempt' }) right?: number;
  @ApiPropertyOptional({ description: 'Questions graded' }) graded?: number;
  @ApiPropertyOptional({ type: ScoreView, description: 'Absent for a run from before replies were kept' })
  score?: ScoreView;
  @ApiPropertyOptional({ example: 80, description: 'Of its content when it began, in percent' })
  passMark?: number;
  @ApiPropertyOptional({
    description: 'Completed with a score of the pass mark or more; absent without one, and while it goes on',
  })
  passed?: boolean;
  @ApiPropertyOptional({ example: '2026-03-08', description: 'The local day of the start, in `zone`' })
  day?: string;
  @ApiPropertyOptional({ description: 'The local day of the end' }) endedDay?: string;
  @ApiPropertyOptional({ example: 'America/New_York' }) zone?: string;
  @ApiProperty({ type: [PromptProgressView] }) prompts!: readonly PromptProgressView[];
  @ApiPropertyOptional({
    type: [JudgedReplyView],
    description: 'Absent for a run from before replies were kept: a rebuild adds them',
  })
  replies?: readonly JudgedReplyView[];
}

/** One trainee with the history of runs, latest first. */
export class TraineeDetailView extends TraineeView {
  @ApiProperty({ type: [DrillRunView] }) runs!: readonly DrillRunView[];
  @ApiProperty({ type: CourseStandingView }) course!: CourseStandingView;
}

/** A command that was accepted; its effect is seen once the engine has decided it. */
export class AcceptedView {
  @ApiProperty() commandId!: string;
}

const accountView = ({ messagingServiceSid: _internal, ...account }: Account): AccountView => given(account);

/** A trainee as analysts see one; `active` says whether it is the phone that its person registered last. */
export const traineeView = (progress: TraineeProgress, active: boolean): TraineeView => {
  const { trainee } = progress;
  return {
    phone: progress.phone,
    version: progress.version,
    language: trainee.profile.language,
    optedOut: trainee.optedOut,
    registered: trainee.registration !== null,
    active,
    demo: trainee.registration?.demo ?? false,
    account: accountView(trainee.account),
    answers: trainee.profile.answers,
    firstSeenAt: progress.firstSeenAt.toISOString(),
    drills: progress.drills,
    ...given({
      name: trainee.profile.name,
      registeredAt: trainee.registration?.at,
      lastHeardAt: progress.lastHeardAt?.toISOString(),
      runningId: progress.runningId,
    }),
  };
};

const reminderView = ({ at, answeredAt }: Reminder): ReminderView => ({
  at: at.toISOString(),
  ...given({ answeredAt: answeredAt?.toISOString() }),
});

const promptView = ({
  askedAt,
  lastRespondedAt,
  remindedAt,
  reminders,
  ...progress
}: PromptProgress): PromptProgressView => ({
  ...progress,
  askedAt: askedAt.toISOString(),
  ...given({ lastRespondedAt: lastRespondedAt?.toISOString(), remindedAt: remindedAt?.toISOString() }),
  ...given({ reminders: reminders?.map(reminderView) }),
});

const replyView = ({ at, ruling: _ruling, ...reply }: JudgedReply): JudgedReplyView => ({
  ...reply,
  at: at.toISOString(),
});

const scoresIn = (run: DrillRun) => {
  const score = run.repeatsOnly ? undefined : scoreOf(run);
  return given({ score: score && scoreView(score), passMark: run.passMark, passed: passedIn(run) });
};

/** A run as analysts see one; `registeredVersion` tells which runs still count. */
export const runView = (run: DrillRun, registeredVersion: number): DrillRunView => ({
  runId: run.runId,
  drill: run.drill,
  revision: run.revision,
  status: run.status,
  reason: run.reason,
  counts: isValid(run, registeredVersion),
  ...(run.repeatsOnly && { repeatsOnly: run.repeatsOnly }),
  startedAt: run.startedAt.toISOString(),
  ...given({
    endedAt: run.endedAt?.toISOString(),
    abandonedBecause: run.abandonedBecause,
    right: rightIn(run),
    graded: run.graded,
  }),
  ...scoresIn(run),
  ...given({ day: run.groups?.day, endedDay: run.endedDay, zone: run.groups?.zone }),
  prompts: run.prompts.map(promptView),
  ...(run.replies && { replies: run.replies.map(replyView) }),
});
