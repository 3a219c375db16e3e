import { encodeCommand, encodeLogRecord, timestampSchema, topics } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import type { CarrierList, ListedText } from './carrier-list';
import type { SweepTurn } from './sweep-turn';
import { recordsOfText, type TextRecords } from './text-records';

export type SweepParts = {
  readonly list: CarrierList;
  /** The ids of all commands that were produced at this time (milliseconds since 1970) or later. */
  readonly knownSince: (sinceMs: number) => Promise<ReadonlySet<string>>;
  readonly publisher: Publisher;
  readonly now: () => number;
  /** Links to the media of a text. */
  readonly mediaOf: (sid: string) => string;
  readonly policy: SweepPolicy;
};

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
  readonly refused: number;
  readonly lost: boolean;
};

/** The carrier may list a text late, so each sweep looks at the end of the one before again. */
const overlapMs = 15 * 60_000;
/** Clocks differ: the carrier's, ours and the brokers'. */
const clocksMs = 5 * 60_000;
const atOnce = 500;

/**
 * Produces each text of the carrier's list whose command is not there, oldest first. What it did is found again by what
 * it produced, so that it may end anywhere and begin anew. Rejects when the list, Kafka or the turn's store is away.
 */
export const sweepInbound = async (parts: SweepParts, turn: SweepTurn): Promise<Swept> => {
  const startedAt = parts.now();
  const { reachMs, settleMs, everyMs } = parts.policy;
  const until = startedAt - settleMs;
  const since = Math.max(startedAt - reachMs, (turn.sweptTo ?? 0) - overlapMs);
  const known = await parts.knownSince(since - clocksMs);
  const found = await missingOf(parts, { since, until, known }, turn);
  if (found === 'lost') return { listed: 0, produced: 0, refused: 0, lost: true };
  const { listed, missing } = found;
  const records = missing.map((text) => recordsOf(text, parts));
  const good = records.filter((each) => each.kind === 'text');
  const produced = await produceAll(parts.publisher, good, turn);
  const lost = produced < good.length;
  if (!lost) await turn.finish({ sweptTo: until, nextAt: parts.now() + everyMs });
  return { listed, produced, refused: records.length - good.length, lost };
};

type Span = { readonly since: number; readonly until: number; readonly known: ReadonlySet<string> };
type Found = { readonly listed: number; readonly missing: readonly ListedText[] };

const missingOf = async (
  { list }: SweepParts,
  { since, until, known }: Span,
  turn: SweepTurn,
): Promise<Found | 'lost'> => {
  const missing = new Map<string, ListedText>();
  let listed = 0;
  for await (const page of list(since)) {
    listed += page.length;
    for (const text of page) if (text.at <= until && !known.has(text.sid)) missing.set(text.sid, text);
    if (!(await turn.keep())) return 'lost';
  }
  /* The list is newest first, and texts of one second keep their order only when it is turned round first. */
  return { listed, missing: [...missing.values()].reverse().sort((a, b) => a.at - b.at) };
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

type Good = Extract<TextRecords, { kind: 'text' }>;

const produceAll = async (publisher: Publisher, texts: readonly Good[], turn: SweepTurn): Promise<number> => {
  for (let from = 0; from < texts.length; from += atOnce) {
    if (!(await turn.keep())) return from;
    const some = texts.slice(from, from + atOnce);
    await Promise.all([
      publisher.publish(
        topics.smsLog,
        some.map(({ phone, record }) => ({ key: phone, value: encodeLogRecord(record) })),
      ),
      publisher.publish(
        topics.dialogCommands,
        some.map(({ phone, command }) => ({ key: phone, value: encodeCommand(command) })),
      ),
    ]);
  }
  return texts.length;
};
