import { parseTime } from '@stopcovid/calendar';
import type { Phone } from '@stopcovid/contracts';
import { collect, historyOf, type Share } from '@stopcovid/faults';
import { partitionOf } from '@stopcovid/kafka';
import { say } from '../kit';
import type { Hours } from './enrol';
import { timeIn } from './nine-oclock';
import type { Options } from './options';
import { partitions } from './people';
import type { Played } from './played';
import type { SortedTexts, Texts } from './sorted-texts';
import type { DaySystem } from './system';
import type { Tally } from './tally';

const minutesOf = (time: string): number => {
  const parsed = parseTime(time);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

const nothingKnown = {
  accepted: [],
  madeUp: new Set<Phone>(),
  untold: new Set<never>(),
  slow: [],
  forged: new Set<Phone>(),
  earlier: { commands: [], events: [], smsLog: [] },
  forgotten: new Set<string>(),
};

const clockOf = ({ zone, closesAt }: Hours, calmFrom: number) => ({
  zone,
  window: { opens: minutesOf('08:00'), closes: minutesOf(timeIn(zone, closesAt)) },
  calmFrom,
});

/* So many people lie in memory at once, with all that there is of them: some hundred megabytes. */
const peopleAtOnce = 4_000;

/** Which partitions are read together: as many as hold so many people, each in one share. */
export const sharesOf = ({ trainees }: Pick<Options, 'trainees'>): readonly (readonly number[])[] => {
  const many = Math.min(partitions, Math.max(1, Math.ceil(trainees / peopleAtOnce)));
  return Array.from({ length: many }, (_, share) =>
    Array.from({ length: partitions }, (_none, partition) => partition).filter(
      (partition) => partition % many === share,
    ),
  );
};

/** The phones of these partitions, and their texts: what the carrier lists is what was written, as it lists nothing late. */
const shareOf = (own: readonly number[], { written, accepted }: Texts): Share => ({
  partitions: own,
  isOwn: (phone) => own.includes(partitionOf(phone, partitions)),
  listed: written.map(({ commandId, from }) => ({ sid: commandId, from })),
  carrier: accepted.map((text) => ({ ...text, body: '', calledAt: text.at })),
});

type Reading = { readonly played: Played; readonly texts: SortedTexts; readonly tally: Tally };

/**
 * Reads what is left behind, and counts it: some partitions after the others, since all at once would be gigabytes. No
 * invariant looks from a phone of one to a phone of another.
 */
export const readShares = async (system: DaySystem, { played, texts, tally }: Reading): Promise<void> => {
  const clocks = [clockOf(played.hours, Date.now())];
  const shares = sharesOf({ trainees: played.people.enrolled.length });
  for (const [index, own] of shares.entries()) {
    say(`reading what is left behind, part ${index + 1} of ${shares.length}, and asking the invariants`);
    const found = texts.of(own);
    const left = await collect(system, { ...nothingKnown, clocks }, shareOf(own, found));
    tally.take({ history: historyOf(left), written: found.written });
  }
};
