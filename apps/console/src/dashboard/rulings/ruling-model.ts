import type { ReplyGroup, RuledAnswer } from '../answers';
import type { Answer, Failure } from '../ask';
import type { RulingBody } from '../routes';
import { count, counted } from '../words';
import { replyText } from './rulings-model';

/** What one is about to rule, or has ruled. */
export type Given = { readonly group: ReplyGroup } & RulingBody;

/** So many replies are regraded of so many. */
export type Applying = {
  readonly is: 'applying';
  readonly given: Given;
  readonly done: number;
  readonly of: number;
};

/** How far a ruling is. `refused` is in words; with `once` nobody knows whether it was taken, and that key must be sent again. */
export type Stage =
  | { readonly is: 'none' }
  | { readonly is: 'asking'; readonly given: Given }
  | Applying
  | (Omit<Applying, 'is'> & { readonly is: 'later' })
  | { readonly is: 'done'; readonly given: Given; readonly of: number }
  | { readonly is: 'refused'; readonly given: Given; readonly why: string; readonly once?: string };

const whyNot = ({ status, detail }: Failure): string =>
  status === 403 ? 'This key may look, not rule.' : detail;

/** What comes of asking for it. */
export const stageAfter = (given: Given, once: string, answer: Answer<RuledAnswer>): Stage => {
  if (answer.is === 'waiting') return { is: 'asking', given };
  if (answer.is === 'here')
    return answer.body.regraded === 0
      ? { is: 'done', given, of: 0 }
      : { is: 'applying', given, done: 0, of: answer.body.regraded };
  const { failure } = answer;
  const isUnsure = failure.status === 0 || failure.status >= 500;
  return { is: 'refused', given, why: whyNot(failure), ...(isUnsure && { once }) };
};

const ruledIn = ({ ruled: { right, wrong } }: ReplyGroup): number => right + wrong;

/** How many replies count as the ruling says, when it was given on `before` and the group now is `now`. */
export const followed = ({ group: before, verdict }: Given, now: ReplyGroup): number =>
  Math.max(
    0,
    verdict === 'asJudged' ? ruledIn(before) - ruledIn(now) : now.ruled[verdict] - before.ruled[verdict],
  );

/** The stage once the group was looked at again. */
export const stageNow = (stage: Applying, now: ReplyGroup): Stage => {
  const done = Math.min(stage.of, followed(stage.given, now));
  const { given, of } = stage;
  return done === of ? { is: 'done', given, of } : { is: 'applying', given, done, of };
};

/** The key to ask under: the one before where nobody knows whether it was taken, for the same again. */
export const onceFor = (before: Stage, given: Given, fresh: string): string =>
  before.is === 'refused' &&
  before.once !== undefined &&
  before.given.group.id === given.group.id &&
  before.given.verdict === given.verdict &&
  before.given.reason === given.reason
    ? before.once
    : fresh;

const ended: Readonly<Record<Given['verdict'], string>> = {
  right: 'counts as right',
  wrong: 'stays wrong',
  asJudged: 'counts again as it was judged',
};

/** How far it is, in words. */
export const stageWords = (stage: Stage): string => {
  if (stage.is === 'none') return '';
  const reply = `“${replyText(stage.given.group)}”`;
  const end = ended[stage.given.verdict];
  switch (stage.is) {
    case 'asking':
      return `${reply}: putting the ruling on record …`;
    case 'applying':
      return `${reply}: ${count(stage.done)} of ${counted(stage.of, 'reply')} regraded …`;
    case 'later':
      return `${reply} ${end}. ${count(stage.of - stage.done)} of ${counted(stage.of, 'reply')} are still to be regraded; that goes on by itself.`;
    case 'done':
      return stage.of === 0
        ? `${reply} ${end} already: no reply had to be regraded.`
        : `${reply} ${end} now. ${stage.of === 1 ? '1 reply was' : `${count(stage.of)} replies were`} regraded.`;
    case 'refused':
      return `${reply} was not ruled on. ${stage.why}${stage.once === undefined ? '' : ' Rule again: it is on record once, however often you do.'}`;
  }
};
