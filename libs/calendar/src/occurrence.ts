import { hash } from 'node:crypto';
import { runIdSchema, type CommandId, type DrillRunId, type Phone } from '@stopcovid/contracts';
import { remember } from './remember';

/** What may come due: the day's drill, a reminder of an open prompt, a missed prompt alone, a step of a drip, a broadcast. */
export type OccurrenceKind = 'drill' | 'reminder' | 'repeat' | 'drip' | 'broadcast';

/**
 * Which of its kind: for a drill or a repeat the local date and the start that it follows, for a reminder the run, prompt
 * and rung, for a drip its step, for a broadcast its name. `round` counts up when one is tried again because the engine
 * held it back.
 */
export type OccurrenceName = {
  readonly kind: OccurrenceKind;
  readonly phone: Phone;
  readonly nominal: string;
  readonly round: number;
};

const digest = (text: string): string => hash('sha256', text, 'hex');

const idLength = 40;

/**
 * The id of the command that this occurrence becomes: the same in every process and after every restart. Of a kind and
 * digits it always is one, and needs no check.
 */
export const occurrenceId = ({ kind, phone, nominal, round }: OccurrenceName): CommandId =>
  `${kind}-${digest(`${kind}\n${phone}\n${nominal}\n${round}`).slice(0, idLength)}` as CommandId;

/** The id of the run that a drill's command starts: so an old duplicate is known even when its command is forgotten. */
export const runIdOf = (commandId: CommandId): DrillRunId => runIdSchema.parse(`run-${commandId}`);

const spreadSteps = 2 ** 32;

/* A plan asks for one phone's share again and again. */
const shareOf = remember(100, (text) => parseInt(digest(text).slice(0, 8), 16) / spreadSteps);

/**
 * How far after its nominal time something comes due: the same for a phone and schedule always, even over `spanMs`.
 * Give the time that is left in the window where that is shorter.
 */
export const spreadMs = (phone: Phone, schedule: string, spanMs: number): number => {
  if (spanMs === 0) return 0;
  return Math.floor(shareOf(`${phone}\n${schedule}`) * spanMs);
};
