import {
  dialogCommandSchema,
  commandRecord,
  timestampSchema,
  topics,
  type DialogCommand,
} from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { recordText, type OwnCopy } from '@stopcovid/sms-copy';
import { deliveryIn } from '../clock/to-command';
import type { Hours, HoursOf } from '../operations/hours';
import type { TraineeProgress } from '../progress/evolve-progress';
import { addressOfRecord, type Issuer } from './credential';
import { languageOf, titleIn, type CompletionRecord } from './record';

/** What trainees are told of their records with. */
export type TextParts = {
  readonly issuer: Issuer;
  readonly hoursOf: HoursOf;
  readonly copy: () => OwnCopy | undefined;
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly now: () => Date;
};

type Window = Extract<Hours, { kind: 'open' }>['window'];

/** The window that is open at a moment, or the next one; undefined where nobody knows their hours. */
const windowFrom = async (
  hoursOf: HoursOf,
  progress: TraineeProgress,
  at: Date,
): Promise<Window | undefined> => {
  const hours = await hoursOf(progress, at);
  if (hours.kind === 'open') return hours.window;
  if (hours.kind === 'noZone' || hours.opensAt === null) return undefined;
  const opened = await hoursOf(progress, new Date(hours.opensAt));
  return opened.kind === 'open' ? opened.window : undefined;
};

/** Two windows: what does not go out in the rest of this one goes out in the next. */
const windowsOf = async (
  hoursOf: HoursOf,
  progress: TraineeProgress,
  at: Date,
): Promise<readonly Window[]> => {
  const first = await windowFrom(hoursOf, progress, at);
  if (first === undefined) return [];
  const second = await windowFrom(hoursOf, progress, new Date(first.to));
  return second === undefined ? [first] : [first, { ...second, from: Math.max(second.from, first.to) }];
};

const commandOf = (
  progress: TraineeProgress,
  record: CompletionRecord,
  {
    issuer,
    copy,
    at,
    round,
    windows,
  }: Pick<TextParts, 'issuer' | 'copy'> & {
    readonly at: Date;
    readonly round: string | undefined;
    readonly windows: readonly [Window, ...Window[]];
  },
): DialogCommand => {
  const address = addressOfRecord(issuer, record);
  const course = titleIn(record, progress.trainee.profile.language ?? languageOf(record)).text;
  const last = windows.at(-1) ?? windows[0];
  return dialogCommandSchema.parse({
    type: 'SendMessage',
    schemaVersion: 1,
    /* One for each record, however often it is made: the engine carries it out once. */
    commandId: ['record', record.id, ...(round === undefined ? [] : [round])].join(':'),
    phone: record.phone,
    at: timestampSchema.parse(at.toISOString()),
    text: recordText(progress.trainee, { course, address }, copy()),
    delivery: deliveryIn(windows, last.to),
  });
};

/**
 * Tells a trainee the address of their record, in their language, inside their hours, once; who opted out or paused is not
 * told, nor who is in no zone that is known. In another round they are told again. Throws PublishFailed when Kafka is away.
 */
export const textRecord =
  (parts: TextParts) =>
  async (record: CompletionRecord, progress: TraineeProgress, round?: string): Promise<void> => {
    if (progress.trainee.optedOut) return;
    const at = parts.now();
    const [first, ...later] = await windowsOf(parts.hoursOf, progress, at);
    if (first === undefined) return;
    const command = commandOf(progress, record, { ...parts, at, round, windows: [first, ...later] });
    await parts.publisher.publish(topics.dialogCommands, [commandRecord(command)]);
  };
