import { partitionOf } from '@stopcovid/kafka';
import { percentile } from '@stopcovid/statistics';
import { checkHistory, waitsBeside, type History, type Violation } from '../invariants';
import { listedBy } from './carrier';
import { carrierOf, collect, type Known, type Share } from './collect';
import { keepEvidence } from './evidence';
import { historyOf, inOrderOfAcceptance, type Leftovers } from './leftovers';
import type { System } from './system';

/** What a round left behind, and what is to be said of it beside that. */
export type LeftBehind = {
  readonly system: System;
  readonly known: Known;
  /** What was found without a look at what is left: it belongs to the evidence. */
  readonly found: readonly Violation[];
};

/** How much of each there was. */
type Counts = Readonly<Record<'accepted' | 'listed' | 'commands' | 'batches' | 'sent', number>>;

export type JudgedLeft = {
  readonly violations: readonly Violation[];
  readonly counts: Counts;
  readonly lines: readonly string[];
};

const countsOf = ({ accepted, listed, commands, events, carrier }: Leftovers): Counts => ({
  accepted: accepted.length,
  listed: listed.length,
  commands: commands.length,
  batches: events.length,
  sent: carrier.length,
});

const none: Counts = { accepted: 0, listed: 0, commands: 0, batches: 0, sent: 0 };

const together = (one: Counts, other: Counts): Counts => ({
  accepted: one.accepted + other.accepted,
  listed: one.listed + other.listed,
  commands: one.commands + other.commands,
  batches: one.batches + other.batches,
  sent: one.sent + other.sent,
});

/** How soon whoever needed nothing of what was slow was answered. */
const besideLines = (history: History): readonly string[] =>
  waitsBeside(history).map(({ slow: { what, boundMs }, waits }) => {
    const times = waits.map(({ ms }) => ms);
    const [middle, longest] = [50, 100].map((percent) => percentile(times, percent) ?? 'no');
    return `beside ${what}: ${times.length} answers, median ${middle} ms, longest ${longest} ms of at most ${boundMs}`;
  });

/** What is left of a share of all phones, or of everybody. */
const judge = async ({ system, known, found }: LeftBehind, share: Share | undefined): Promise<JudgedLeft> => {
  const isOwn = share?.isOwn ?? (() => true);
  const accepted = known.accepted.filter(({ phone }) => isOwn(phone));
  const left = await collect(system, { ...known, accepted }, share);
  const history = historyOf(left);
  const violations = [...checkHistory(history), ...inOrderOfAcceptance(left)];
  const all = [...violations, ...found];
  const name = share === undefined ? 'evidence' : `evidence-${share.partitions.join('-')}`;
  if (all.length > 0) keepEvidence(system.logDirectory, { name, left, violations: all });
  return { violations, counts: countsOf(left), lines: besideLines(history) };
};

/** One share for each partition. */
const sharesOf = async (system: System, partitions: number): Promise<readonly Share[]> => {
  const [listed, carrier] = [await listedBy(system), await carrierOf(system.emulator.url)];
  return Array.from({ length: partitions }, (_, partition) => {
    const isOwn: Share['isOwn'] = (phone) => partitionOf(phone, partitions) === partition;
    return {
      partitions: [partition],
      isOwn,
      listed: listed.filter(({ from }) => isOwn(from)),
      carrier: carrier.filter(({ to }) => isOwn(to)),
    };
  });
};

/** Asks the invariants of all that a quiet system holds. */
export const judgeLeft = (left: LeftBehind): Promise<JudgedLeft> => judge(left, undefined);

/**
 * The same, of one partition after the other, so that no more lies in memory: a soak leaves hundreds of thousands of
 * texts. No invariant looks from a phone of one to a phone of another.
 */
export const judgeByPartition = async (left: LeftBehind, partitions: number): Promise<JudgedLeft> => {
  let all: JudgedLeft = { violations: [], counts: none, lines: [] };
  for (const share of await sharesOf(left.system, partitions)) {
    const { violations, counts, lines } = await judge(left, share);
    all = {
      violations: [...all.violations, ...violations],
      counts: together(all.counts, counts),
      lines: [...all.lines, ...lines],
    };
  }
  return all;
};
