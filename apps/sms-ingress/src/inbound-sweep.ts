import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { timestampSchema } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import type { CarrierList, ListedText } from './carrier-list';
import { publishTexts } from './publish-texts';
import type { SweepTurn } from './sweep-turn';
import { recordsOfText, type TextRecords } from './text-records';

export type SweepParts = {
  readonly list: CarrierList;
  readonly knownSince: KnownCommands;
  readonly publisher: Publisher;
  readonly now: () => number;
  /** Links to the media of a text. */
  readonly mediaOf: (sid: string) => string;
  readonly policy: SweepPolicy;
};

/**
 * The ids of all texts that became commands at this time (milliseconds since 1970) or later; the set is the caller's.
 * `keep` is asked again and again while it reads, and the first no ends it with 'lost'; the signal ends it by a rejection.
 */
export type KnownCommands = (
  sinceMs: number,
  keep: SweepTurn['keep'],
  until: AbortSignal,
) => Promise<Set<string> | 'lost'>;

export type SweepPolicy = {
  /** Between the end of a sweep and the next. */
  readonly everyMs: number;
  /** How far back a sweep looks at most, the first one too. */
  readonly reachMs: number;
  /** Texts younger than this may still come by webhook. */
  readonly settleMs: number;
};

/** What a sweep found. `lost`: the turn went to somebody else, who goes on from the same place. */
export type Swept = {
  readonly listed: number;
  readonly produced: number;
  /** Whose sender cannot be a trainee. */
  readonly ignored: number;
  readonly lost: boolean;
};

/** The carrier may list a text late, so each sweep looks at the end of the one before again. */
const overlapMs = 15 * 60_000;
/** Clocks differ: the carrier's, ours and the brokers'. */
const clocksMs = 5 * 60_000;
const atOnce = 500;

/**
 * Produces each text of the carrier's list whose command is not there, oldest first. What it did is found again by what
 * it produced, so that it may end anywhere and begin anew. Rejects when the list, Kafka or the turn's store is away, or
 * when the signal ends what it waits for.
 */
export const sweepInbound = async (
  parts: SweepParts,
  turn: SweepTurn,
  signal: AbortSignal,
): Promise<Swept> => {
  const startedAt = parts.now();
  const { reachMs, settleMs, everyMs } = parts.policy;
  const until = startedAt - settleMs;
  const since = Math.max(startedAt - reachMs, (turn.sweptTo ?? 0) - overlapMs);
  const known = await parts.knownSince(since - clocksMs, () => turn.keep(), signal);
  const found = known === 'lost' ? known : await missingOf(parts, { since, until, known, signal }, turn);
  if (found === 'lost') return { listed: 0, produced: 0, ignored: 0, lost: true };
  const counts = await produceAll(parts, found.pages, turn);
  if (!counts.lost) await turn.finish({ sweptTo: until, nextAt: parts.now() + everyMs });
  return { listed: found.listed, ...counts };
};

/** Packed, because after a long outage there are hundreds of thousands of texts to keep until the oldest is known. */
const packed = (texts: readonly ListedText[]): Buffer => deflateRawSync(JSON.stringify(texts));
const unpacked = (page: Buffer): readonly ListedText[] =>
  JSON.parse(inflateRawSync(page).toString('utf8')) as readonly ListedText[];

type Span = {
  readonly since: number;
  readonly until: number;
  readonly known: Set<string>;
  readonly signal: AbortSignal;
};
/** The pages with what is missing, newest first as the list is. */
type Found = { readonly listed: number; readonly pages: readonly Buffer[] };

const missingOf = async (
  { list }: SweepParts,
  { since, until, known, signal }: Span,
  turn: SweepTurn,
): Promise<Found | 'lost'> => {
  const pages: Buffer[] = [];
  let listed = 0;
  for await (const page of list(since, signal)) {
    listed += page.length;
    const missing = page.filter(({ sid, at }) => at <= until && !known.has(sid));
    for (const { sid } of missing) known.add(sid);
    if (missing.length > 0) pages.push(packed(missing));
    if (!(await turn.keep())) return 'lost';
  }
  return { listed, pages };
};

const recordsOf = ({ sid, media, ...text }: ListedText, { mediaOf }: SweepParts): TextRecords =>
  recordsOfText({
    sid,
    from: text.from,
    to: text.to,
    text: text.body,
    at: timestampSchema.parse(new Date(text.at).toISOString()),
    media,
    mediaUrls: media > 0 ? [mediaOf(sid)] : [],
    segments: text.segments,
  });

type Counts = Omit<Swept, 'listed'>;

const produceAll = async (parts: SweepParts, pages: readonly Buffer[], turn: SweepTurn): Promise<Counts> => {
  let [produced, ignored] = [0, 0];
  for (const page of pages.toReversed()) {
    const oldestFirst = unpacked(page).toReversed();
    for (let from = 0; from < oldestFirst.length; from += atOnce) {
      if (!(await turn.keep())) return { produced, ignored, lost: true };
      const some = oldestFirst.slice(from, from + atOnce).map((text) => recordsOf(text, parts));
      const good = some.filter((each) => each.kind === 'text');
      await publishTexts(parts.publisher, good);
      produced += good.length;
      ignored += some.length - good.length;
    }
  }
  return { produced, ignored, lost: false };
};
