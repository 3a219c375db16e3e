import type { Options } from './options';

type Size = Pick<Options, 'trainees'>;

/* Each sees within this time that the drills have changed; then everybody is marked, and planned anew. */
const drillsSeenMs = 6_000;

/** How long before the minute the schedule is set: enough to plan everybody, and to look at the database; milliseconds. */
export const leadMs = ({ trainees }: Size): number => drillsSeenMs + 14_000 + 0.6 * trainees;

const hourMs = 3_600_000;
/* From the evening on nothing may come, however many wait. */
const openAtMostMs = 10 * hourMs;

/**
 * For how long drills may come: all first texts have to be handed over by then, among those of conversations that have
 * begun, at a hundred texts a second, some thirteen of each trainee by that time; milliseconds.
 */
export const openForMs = ({ trainees }: Size): number => Math.min(openAtMostMs, 600_000 + 150 * trainees);

/** How long it may take until nothing happens any more, once nobody writes; milliseconds. */
export const restWithinMs = ({ trainees }: Size): number => 120_000 + 20 * trainees;

/** Within what time the clock must know everybody, and what is due to them; milliseconds. */
export const knownWithinMs = ({ trainees }: Size): number => 600_000 + 30 * trainees;

/** How often that is looked at: everybody is counted each time; milliseconds. */
export const lookForKnownEveryMs = ({ trainees }: Size): number => 250 + trainees / 20;
