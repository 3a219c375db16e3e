import type { Phone } from '@stopcovid/contracts';
import type { FutureBatch } from './decode-slice';
import type { Position, Reached } from './fold';
import type { FoldedPhone, Gap } from './fold-phone';
import type { Waiting } from './waiting';

/** A phone after its batches were folded, and what is known of its waiting. */
export type Standing = {
  readonly phone: Phone;
  readonly partition: number;
  readonly folded: Pick<FoldedPhone<unknown>, 'included' | 'gap'>;
  /** How far the phone has come now. */
  readonly reached: Reached;
  readonly future?: FutureBatch;
  /** The offset of its last batch at hand, readable or not. */
  readonly last?: string;
  readonly on?: Waiting;
  /** The version behind which this membership has looked for it already. */
  readonly lookedAfter?: number;
  /** It has, and met a document that could not be read. */
  readonly hasFailed?: boolean;
  readonly at: Date;
};

/**
 * What becomes of a phone's waiting: it goes on, it is on record from now on, the topic is read again for it, or it is
 * on its way through what is read again.
 */
export type Verdict =
  | { readonly kind: 'goesOn' }
  | { readonly kind: 'waits' | 'catchesUp'; readonly waiting: Waiting }
  | { readonly kind: 'lookAgain'; readonly from: string; readonly waiting?: Waiting };

const goesOn: Verdict = { kind: 'goesOn' };

/** Whether the one offset comes after the other. */
export const isBehind = (one: string, other: string): boolean => BigInt(one) > BigInt(other);

/** Reading begins again at the last batch that the phone has; at the very beginning where that is not known here. */
export const whereToLook = (position: Position | undefined, partition: number): string =>
  position?.partition === partition ? position.offset : '0';

/** Where a phone that waits is read on from: its document may have been put back to an earlier batch meanwhile. */
export const whereToReadOn = (on: Waiting, { version, position }: Reached): string => {
  const documents = version === 0 ? on.readFrom : whereToLook(position, on.partition);
  return isBehind(on.readFrom, documents) ? documents : on.readFrom;
};

/** Whether a phone is further than when it began to wait, or can be read again. */
const canMove = ({ folded: { included }, reached: { version }, hasFailed }: Standing, on: Waiting): boolean =>
  hasFailed !== true && (included.length > 0 || version > on.after || on.because === 'unreadable');

/** What passed a phone by is read again, once in a membership. */
const moves = ({ lookedAfter, reached }: Standing, on: Waiting): Verdict =>
  lookedAfter === undefined && (on.passedTo !== undefined || on.found !== undefined)
    ? { kind: 'lookAgain', from: whereToReadOn(on, reached), waiting: on }
    : goesOn;

const meetsGap = (standing: Standing, gap: Gap): Verdict => {
  const { phone, partition, at, lookedAfter, last } = standing;
  const { after, found } = gap;
  const passed = last === undefined ? {} : { passedTo: last };
  const readFrom = whereToLook(gap.last, partition);
  if (lookedAfter !== after) return { kind: 'lookAgain', from: readFrom };
  const reason = `version ${after + 1} is not on the topic`;
  return {
    kind: 'waits',
    waiting: { phone, partition, after, readFrom, found, ...passed, because: 'gap', reason, since: at },
  };
};

const meetsFuture = (
  { phone, partition, reached, folded, last, at }: Standing,
  { position, reason }: FutureBatch,
): Verdict => {
  const { gap } = folded;
  const passed = last === undefined ? {} : { passedTo: last };
  const found = gap === undefined ? {} : { found: gap.found, ...passed };
  const readFrom = position.offset;
  return {
    kind: 'waits',
    waiting: {
      phone,
      partition,
      after: reached.version,
      readFrom,
      ...found,
      because: 'future',
      reason,
      since: at,
    },
  };
};

/** What passes a waiting phone by is noted: the first version, and up to where. */
const stays = (on: Waiting, { folded: { gap }, last }: Standing): Verdict => {
  const found = on.found ?? gap?.found;
  const passedTo = latest(on.passedTo, gap === undefined ? undefined : last);
  const noted = {
    ...(found === undefined ? {} : { found }),
    ...(passedTo === undefined ? {} : { passedTo }),
  };
  const isSame = found === on.found && passedTo === on.passedTo;
  return { kind: 'waits', waiting: isSame ? on : { ...on, ...noted } };
};

/** A batch from the future is what stops its phone, unless batches follow it in order or one before it is missing. */
const openFuture = ({ future, folded: { included, gap } }: Standing): FutureBatch | undefined => {
  if (future === undefined) return undefined;
  const { offset } = future.position;
  const last = included.at(-1)?.arrival.position.offset;
  if (last !== undefined && isBehind(last, offset)) return undefined;
  return gap !== undefined && isBehind(offset, gap.foundAt) ? undefined : future;
};

/** What becomes of a phone whose document can be read. */
export const judgePhone = (standing: Standing): Verdict => {
  const { on, folded } = standing;
  if (on !== undefined && !canMove(standing, on)) return stays(on, standing);
  const before = on === undefined ? goesOn : moves(standing, on);
  if (before.kind !== 'goesOn') return before;
  const future = openFuture(standing);
  if (future !== undefined) return meetsFuture(standing, future);
  return folded.gap === undefined ? goesOn : meetsGap(standing, folded.gap);
};

/** A phone whose document cannot be read, from the first batch on that it does not have. */
export const judgeUnreadable = (
  { phone, partition, on, last, at }: Omit<Standing, 'folded' | 'reached'>,
  { reason, first }: { readonly reason: string; readonly first: string },
): Waiting => {
  const passedTo = latest(on?.passedTo, last);
  const passed = passedTo === undefined ? {} : { passedTo, unheard: true as const };
  if (on?.because === 'unreadable') return on.passedTo === passedTo ? on : { ...on, ...passed };
  const readFrom = on !== undefined && isBehind(first, on.readFrom) ? on.readFrom : first;
  const after = on?.after ?? 0;
  return { phone, partition, after, readFrom, ...passed, because: 'unreadable', reason, since: at };
};

const latest = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && isBehind(other, one)) ? other : one;
