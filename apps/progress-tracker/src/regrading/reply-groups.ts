import { createHash } from 'node:crypto';
import { withoutLongNumbers, normalText } from '../figures/near-misses';
import type { AnsweredRun } from '../figures/run-figures';
import { asJudged, isRulable, type JudgedReply } from '../progress/judged-reply';

/** What replies have in common on which a person rules at once: one content of a drill, a prompt, and what they say. */
export type Shared = {
  readonly drill: string;
  readonly revision: string;
  readonly language: string;
  readonly prompt: string;
  /** As it was compared: see `normalText`. */
  readonly text: string;
};

/** Replies of several trainees that say the same to one prompt, and that the machine took for wrong or unclear. */
export type ReplyGroup = Shared & {
  readonly id: string;
  readonly replies: number;
  /** Runs in which it was given, once or more. */
  readonly runs: number;
  readonly trainees: number;
  /** Replies on which no ruling stands. */
  readonly open: number;
  /** What the machine took them for. */
  readonly judged: { readonly wrong: number; readonly unclear: number };
  /** What those count as on which a ruling stands. */
  readonly ruled: { readonly right: number; readonly wrong: number };
  /** Some of them as they were texted, but for long numbers. */
  readonly examples: readonly string[];
  readonly rules: readonly string[];
  /** The option that they were taken for, where they were taken for one. */
  readonly option?: string;
};

/** A reply of a group: where it stands in its run, from 1. */
export type GroupedReply = { readonly run: AnsweredRun; readonly reply: JudgedReply; readonly place: number };

const hashOf = ({ revision, language, text }: Shared): string =>
  createHash('sha256')
    .update(JSON.stringify([revision, language, text]))
    .digest('hex')
    .slice(0, 24);

/** The id of a group: it says of which drill and prompt it is, and nothing of whom. */
export const idOfGroup = (shared: Shared): string => `${shared.drill}:${shared.prompt}:${hashOf(shared)}`;

/* Tells groups apart as their ids do, and takes less time than a hash. */
const keyOf = ({ drill, revision, language, prompt, text }: Shared): string =>
  JSON.stringify([drill, revision, language, prompt, text]);

/** The drill of a group. */
export const drillOfGroup = (id: string): string => id.split(':')[0] ?? '';

const isMissed = (reply: JudgedReply): boolean => isRulable(reply) && asJudged(reply) !== 'right';

const sharedBy = ({ drill, revision, groups }: AnsweredRun, { prompt, response }: JudgedReply): Shared => ({
  drill,
  revision,
  language: groups?.language ?? '',
  prompt,
  text: normalText(response),
});

/** The replies of a run on which people may rule: those that the machine took for wrong or unclear, and that say something. */
export const missedIn = (run: AnsweredRun): readonly (GroupedReply & { readonly shared: Shared })[] =>
  (run.replies ?? []).flatMap((reply, index) => {
    if (!isMissed(reply)) return [];
    const shared = sharedBy(run, reply);
    return shared.text === '' ? [] : [{ run, reply, place: index + 1, shared }];
  });

const mostExamples = 3;

class Tally {
  readonly #phones = new Set<string>();
  readonly #examples = new Set<string>();
  readonly #rules = new Set<string>();
  readonly #judged = { wrong: 0, unclear: 0 };
  readonly #ruled = { right: 0, wrong: 0 };
  #option: string | undefined;
  #replies = 0;
  #runs = 0;
  #lastRun: AnsweredRun | undefined;

  constructor(private readonly shared: Shared) {}

  add({ run, reply }: GroupedReply): void {
    this.#replies += 1;
    /* The replies of a run come together. */
    if (run !== this.#lastRun) this.#runs += 1;
    this.#lastRun = run;
    this.#phones.add(run.phone);
    this.#judged[asJudged(reply) === 'wrong' ? 'wrong' : 'unclear'] += 1;
    if (reply.judged !== undefined) this.#ruled[reply.verdict === 'right' ? 'right' : 'wrong'] += 1;
    if (this.#examples.size < mostExamples) this.#examples.add(withoutLongNumbers(reply.response ?? ''));
    this.#rules.add(reply.rule);
    this.#option ??= reply.option;
  }

  group(id: string): ReplyGroup {
    const { right, wrong } = this.#ruled;
    return {
      id,
      ...this.shared,
      replies: this.#replies,
      runs: this.#runs,
      trainees: this.#phones.size,
      open: this.#replies - right - wrong,
      judged: { ...this.#judged },
      ruled: { right, wrong },
      examples: [...this.#examples],
      rules: [...this.#rules].sort(),
      ...(this.#option === undefined ? {} : { option: this.#option }),
    };
  }
}

/** What one trainee alone wrote is theirs, and says little of a drill. */
const leastTrainees = 2;

const promptOf = ({ drill, revision, prompt }: Omit<Shared, 'text' | 'language'>): string =>
  JSON.stringify([drill, revision, prompt]);

/** Where nothing was ever right or wrong, a reply is unclear because it could not be stored: nobody can rule on that. */
const gradedIn = ({ drill, revision, replies = [] }: AnsweredRun): readonly string[] =>
  replies
    .filter((reply) => isRulable(reply) && asJudged(reply) !== 'unclear')
    .map(({ prompt }) => promptOf({ drill, revision, prompt }));

const mostFirst = (one: GroupPlace, other: GroupPlace): number =>
  other.trainees - one.trainees || other.replies - one.replies || (one.id < other.id ? -1 : 1);

/** Where a group stands in the list, the most shared first. */
export type GroupPlace = Pick<ReplyGroup, 'trainees' | 'replies' | 'id'>;

/** Whether a group stands behind a place. */
export const isBehind = (group: GroupPlace, place: GroupPlace): boolean =>
  group.id !== place.id && mostFirst(place, group) < 0;

/** Thrown where replies are too many to be grouped in memory. */
export class TooManyReplies extends Error {}

/** So many replies are grouped at once: what is held of each is a phone, beside the text of its group. */
export const mostReplies = 200_000;

/** Which groups are told of, all where nothing is said, and how many replies of theirs at the most. */
export type GroupsWanted = { readonly isWanted?: (shared: Shared) => boolean; readonly most?: number };

/**
 * The groups of replies in these runs that several trainees share, the most shared first. Holds texts and phones, and no
 * runs. Throws TooManyReplies.
 */
export const replyGroups = async (
  runs: AsyncIterable<AnsweredRun>,
  { isWanted = () => true, most = mostReplies }: GroupsWanted = {},
): Promise<readonly ReplyGroup[]> => {
  const tallies = new Map<string, { readonly shared: Shared; readonly tally: Tally }>();
  const graded = new Set<string>();
  let replies = 0;
  for await (const run of runs) {
    for (const prompt of gradedIn(run)) graded.add(prompt);
    for (const { shared, ...reply } of missedIn(run).filter((missed) => isWanted(missed.shared))) {
      if ((replies += 1) > most) throw new TooManyReplies();
      const key = keyOf(shared);
      const known = tallies.get(key) ?? { shared, tally: new Tally(shared) };
      known.tally.add(reply);
      tallies.set(key, known);
    }
  }
  return [...tallies.values()]
    .filter(({ shared }) => graded.has(promptOf(shared)))
    .map(({ shared, tally }) => tally.group(idOfGroup(shared)))
    .filter(({ trainees }) => trainees >= leastTrainees)
    .sort(mostFirst);
};

/** Is there a group of this id in these runs? Reads as few of them as tell, and holds a phone. */
export const isGroupIn = async (runs: AsyncIterable<AnsweredRun>, id: string): Promise<boolean> => {
  const phones = new Set<string>();
  const graded = new Set<string>();
  let prompt: string | undefined;
  for await (const run of runs) {
    for (const each of gradedIn(run)) graded.add(each);
    const own = missedIn(run).find(({ shared }) => idOfGroup(shared) === id);
    if (own !== undefined) {
      prompt = promptOf(own.shared);
      if (phones.size < leastTrainees) phones.add(run.phone);
    }
    if (phones.size >= leastTrainees && prompt !== undefined && graded.has(prompt)) return true;
  }
  return false;
};
