import { hash } from 'node:crypto';
import { tzVersion, type ScheduleSettings } from '@stopcovid/calendar';
import type { Drips } from '@stopcovid/drills';
import type { Offer } from '../progress/offer';
import type { Schedules } from '../schedules/schedules';
import type { PhoneSchedules } from './phone-schedules';
import type { WaitingMessages } from './waiting-messages';

type ReplanningParts = {
  readonly phones: PhoneSchedules;
  readonly schedules: Schedules;
  readonly messages: WaitingMessages;
  readonly offer: () => Offer;
};

/** What the plans of a look's partitions are made by. */
type Planned = {
  readonly partitions: readonly number[];
  readonly organisation: ScheduleSettings | undefined;
};

const mostMarks = 20;
const mostMessagesMarked = 1_000;

const basisOf = (organisation: ScheduleSettings | undefined, drips: Drips | undefined): string => {
  const said = JSON.stringify(drips === undefined ? (organisation ?? null) : [organisation ?? null, drips]);
  return `${tzVersion}/${hash('sha256', said, 'hex').slice(0, 16)}`;
};

/** Finds what has changed for many phones at once, and has them looked at again. */
export class Replanning {
  /** The basis of partitions that are known to be planned by it. */
  readonly #bases = new Map<number, string>();

  constructor(private readonly parts: ReplanningParts) {}

  /** Is a partition planned by other settings or zone data than those of now, for all that is known here? */
  isRebased({ partitions, organisation }: Planned): boolean {
    const basis = basisOf(organisation, this.parts.offer().drips);
    return partitions.some((each) => this.#bases.get(each) !== basis);
  }

  /** Other settings, other zone data, broadcasts: their phones are looked at again. Answers whether there may be more of it. */
  async mark({ partitions, organisation }: Planned): Promise<boolean> {
    const { phones, schedules } = this.parts;
    const areMore = await this.#markForMessages();
    const unmarked = await schedules.unmarked(mostMarks);
    for (const { owner, version } of unmarked) {
      await phones.mark(owner);
      await schedules.noteMarked(owner, version);
    }
    const basis = basisOf(organisation, this.parts.offer().drips);
    for (const known of this.#bases.keys()) if (!partitions.includes(known)) this.#bases.delete(known);
    for (const partition of partitions.filter((each) => this.#bases.get(each) !== basis)) {
      if ((await phones.basis(partition)) !== basis) {
        await phones.mark({ partition });
        await phones.noteBasis(partition, basis);
      }
      this.#bases.set(partition, basis);
    }
    return areMore || unmarked.length === mostMarks;
  }

  /** Who has come to be written to is looked at: marked first, so that a crash in between marks them again. */
  async #markForMessages(): Promise<boolean> {
    const { phones, messages } = this.parts;
    const unmarked = await messages.unmarked(mostMessagesMarked);
    if (unmarked.length === 0) return false;
    await phones.mark({ phones: unmarked.map(({ phone }) => phone) });
    await messages.noteMarked(unmarked.map(({ key }) => key));
    return unmarked.length === mostMessagesMarked;
  }
}
