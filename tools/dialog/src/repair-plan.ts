import { isDeepStrictEqual } from 'node:util';
import { mayBegin, type CommandId, type DecodedBatch, type Phone } from '@stopcovid/contracts';
import { evolve, initialState } from '@stopcovid/dialog-core';
import type { Dialog, OutboxEntry } from '@stopcovid/dialog-engine';

/** A batch in its wire form. */
export type WireBatch = { readonly batch: DecodedBatch; readonly wire: string };

/** What the engine's document of a phone holds. `outbox` is what of it can be read. */
export type FoundDialog =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'readable';
      readonly version: number;
      readonly state: Dialog['state'];
      readonly outbox: readonly OutboxBatch[];
    }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly outbox: readonly OutboxBatch[] };

/** An entry of the outbox whose batch can be read. */
export type OutboxBatch = WireBatch & { readonly entry: OutboxEntry };

/** All that is known of one phone: its batches as they stand on the topic, in that order, and the engine's document. */
export type Evidence = {
  readonly phone: Phone;
  readonly onTopic: readonly WireBatch[];
  readonly dialog: FoundDialog;
};

/** The document to write: all but its mark and what is held under it. */
export type DialogContent = Pick<Dialog, 'version' | 'state' | 'outbox' | 'recentCommandIds'>;

/** What is wrong with one phone, and what to do about it, in this order: publish, write. */
export type RepairPlan = {
  readonly findings: readonly string[];
  /** Batches to publish (again), in order. */
  readonly publish: readonly WireBatch[];
  readonly write?: DialogContent;
  /** Versions that neither the topic nor the outbox has: nobody can mend that. */
  readonly lost: readonly number[];
};

const keptIds = 64;

type Known = ReadonlyMap<number, WireBatch>;

/* Readers keep the first batch of a version, so that is the one that happened. */
const firstOfEach = (batches: readonly WireBatch[]): Known => {
  const known = new Map<number, WireBatch>();
  for (const found of batches) if (!known.has(found.batch.version)) known.set(found.batch.version, found);
  return known;
};

/** How far a reader gets that takes batches in the order of the topic, if it begins with the batch of `begin`. */
const reachedOn = (batches: readonly WireBatch[], begin: number): number =>
  batches.reduce(
    (reached, { batch: { version } }) => (version === reached + 1 ? version : reached),
    begin - 1,
  );

const highest = (versions: Iterable<number>): number => Math.max(0, ...versions);

/** The first version of a phone: another than 1 where the log was copied without what an erasure took. */
const beginOf = (known: Known): number => {
  const lowest = known.get(Math.min(...known.keys()));
  return lowest !== undefined && mayBegin(lowest.batch) ? lowest.batch.version : 1;
};

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const listed = (versions: readonly number[]): string => {
  const [first] = versions;
  const last = versions.at(-1);
  if (first === undefined || last === undefined) return 'none';
  const dense = last - first + 1 === versions.length;
  return versions.length > 1 && dense ? `${first} to ${last}` : versions.join(', ');
};

type Survey = {
  readonly topic: Known;
  readonly known: Known;
  readonly outbox: readonly OutboxBatch[];
  /** Where the phone begins. */
  readonly begin: number;
  readonly reached: number;
  readonly topicEnd: number;
  readonly end: number;
  readonly lost: readonly number[];
};

const survey = ({ onTopic, dialog }: Evidence): Survey => {
  const topic = firstOfEach(onTopic);
  const outbox = dialog.kind === 'missing' ? [] : dialog.outbox;
  const known = firstOfEach([...onTopic, ...outbox]);
  const said = dialog.kind === 'readable' ? dialog.version : 0;
  const end = Math.max(highest(known.keys()), said);
  const begin = beginOf(known);
  const lost = range(begin, end).filter((version) => !known.has(version));
  const reached = reachedOn(onTopic, begin);
  return { topic, known, outbox, begin, reached, topicEnd: highest(topic.keys()), end, lost };
};

const fold = (batches: readonly DecodedBatch[]): Dialog['state'] =>
  batches.reduce(
    (state, batch) => batch.events.reduce((sofar, event) => evolve(sofar, event, batch), state),
    initialState(),
  );

/**
 * The document that all batches lead to. What of the outbox is newer than the topic stays in it, so that the engine
 * knows those commands too.
 */
const contentOf = ({ known, outbox, topicEnd, end }: Survey): DialogContent => {
  const batches = range(1, end).flatMap((version) => known.get(version)?.batch ?? []);
  const kept = range(topicEnd + 1, end).flatMap(
    (version) => outbox.find(({ batch }) => batch.version === version)?.entry ?? [],
  );
  const ids = batches
    .filter(({ version }) => version <= topicEnd)
    .map(({ commandId }): CommandId => commandId);
  return { version: end, state: fold(batches), outbox: kept, recentCommandIds: ids.slice(-keptIds) };
};

/** Everything behind what readers have, as far as it goes without a hole. */
const toPublish = ({ known, reached, end, lost }: Survey): readonly WireBatch[] => {
  const until = Math.min(end, (lost[0] ?? Infinity) - 1);
  return range(reached + 1, until).flatMap((version) => known.get(version) ?? []);
};

/* Without all of the batches there is nothing to compare with. */
const hasDrifted = (state: Dialog['state'], found: Survey): boolean =>
  found.lost.length === 0 && !isDeepStrictEqual(state, contentOf(found).state);

const dialogFinding = (dialog: FoundDialog, found: Survey): readonly string[] => {
  const { end } = found;
  switch (dialog.kind) {
    case 'missing':
      return ["the engine's document is missing"];
    case 'unreadable':
      return [`the engine's document cannot be read (${dialog.reason})`];
    case 'readable':
      if (dialog.version < end)
        return [`the engine's document is at version ${dialog.version}, the topic at ${end}`];
      return hasDrifted(dialog.state, found) ? ["the engine's document is not what its batches lead to"] : [];
  }
};

const topicFindings = ({ topic, begin, reached, topicEnd, end, lost }: Survey): readonly string[] => {
  const unpublished = range(topicEnd + 1, end).filter((version) => !lost.includes(version));
  const holes = range(begin, topicEnd).filter((version) => !topic.has(version));
  return [
    ...(holes.length > 0 ? [`missing from the topic: ${listed(holes)}`] : []),
    ...(holes.length === 0 && reached < topicEnd
      ? [`on the topic in the wrong order from version ${reached + 1} on`]
      : []),
    ...(unpublished.length > 0 ? [`in the outbox, not on the topic: ${listed(unpublished)}`] : []),
    ...(lost.length > 0 ? [`lost, neither on the topic nor in the outbox: ${listed(lost)}`] : []),
  ];
};

/* The document was once missing, and the engine began anew: readers dropped what it said then. */
const overwritten = (onTopic: readonly WireBatch[], topic: Known): readonly string[] => {
  const versions = onTopic
    .filter(({ batch }) => topic.get(batch.version)?.batch.commandId !== batch.commandId)
    .map(({ batch }) => batch.version);
  return versions.length === 0
    ? []
    : [`decided under versions that were taken, so no reader took them: ${listed([...new Set(versions)])}`];
};

/** What is wrong with a phone, and what would mend it. Decides on what it is given alone. */
export const planRepair = (evidence: Evidence): RepairPlan => {
  const found = survey(evidence);
  const { onTopic, dialog } = evidence;
  if (found.end === 0) return { findings: [], publish: [], lost: [] };
  const broken = dialogFinding(dialog, found);
  const findings = [...broken, ...topicFindings(found)];
  const plan = {
    findings: [...findings, ...overwritten(onTopic, found.topic)],
    publish: toPublish(found),
    lost: found.lost,
  };
  /* A fold with a hole would be a guess. */
  return broken.length > 0 && found.lost.length === 0 ? { ...plan, write: contentOf(found) } : plan;
};
