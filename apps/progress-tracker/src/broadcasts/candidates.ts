import type { Schedule, ScheduleSettings } from '@stopcovid/calendar';
import type { Phone } from '@stopcovid/contracts';
import { activePhones } from '../api/active-phones';
import { membersOf, type Audience } from '../audiences/audience';
import { ApplyingSchedules, ownersOf } from '../clock/applying-schedule';
import type { PhoneSchedule } from '../clock/phone-schedule';
import type { PhoneSchedules } from '../clock/phone-schedules';
import type { TraineeProgress } from '../progress/evolve-progress';
import type { Offer } from '../progress/offer';
import type { ProgressStore, UnreadableDocument } from '../progress/progress-store';
import { idOfOwner, type Schedules } from '../schedules/schedules';

/** Somebody of an audience, with what the plan depends on. Without a schedule nobody knows their hours. */
export type Candidate = {
  readonly progress: TraineeProgress;
  readonly schedule: PhoneSchedule | undefined;
  readonly applies: Schedule | null;
  readonly active: boolean;
};

/** What candidates are found with. */
export type CandidateParts = {
  readonly store: Pick<ProgressStore, 'trainees' | 'phonesOfPersons'>;
  readonly phones: Pick<PhoneSchedules, 'load'>;
  readonly schedules: Pick<Schedules, 'of'>;
};

/** Part of an audience, in the order of phones. `unreadable` may belong to it: nobody can tell. */
export type CandidatePage = {
  readonly candidates: readonly Candidate[];
  readonly unreadable: readonly UnreadableDocument[];
};

type Planned = ReadonlyMap<Phone, PhoneSchedule>;

const plannedOf = async (
  members: readonly TraineeProgress[],
  phones: CandidateParts['phones'],
): Promise<Planned> => {
  const known = await phones.load(members.map(({ phone }) => phone));
  return new Map(
    [...known].flatMap(([phone, one]) => (one.kind === 'readable' ? [[phone, one.value] as const] : [])),
  );
};

/** Finds whose hours apply to the phones of a page. */
const applyingTo = async (
  planned: Planned,
  { schedules }: CandidateParts,
  applying: ApplyingSchedules,
): Promise<(phone: PhoneSchedule, organisation: ScheduleSettings | undefined) => Candidate['applies']> => {
  const owners = new Map([...planned.values()].flatMap(ownersOf).map((owner) => [idOfOwner(owner), owner]));
  const stored = await schedules.of([...owners.values()]);
  const said = new Map(stored.map((each) => [idOfOwner(each.owner), each]));
  return (phone, organisation) => applying.of(phone, said, organisation);
};

/** Whom an audience means now, with where each of them stands, page by page. */
export async function* candidatesOf(
  audience: Audience,
  offer: Offer,
  parts: CandidateParts,
): AsyncGenerator<CandidatePage> {
  const applying = new ApplyingSchedules();
  for await (const { members, unreadable } of membersOf(audience, parts.store, offer)) {
    const planned = await plannedOf(members, parts.phones);
    const [active, appliesTo] = await Promise.all([
      activePhones(parts.store, members),
      applyingTo(planned, parts, applying),
    ]);
    const candidates = members.map((progress): Candidate => {
      const schedule = planned.get(progress.phone);
      const applies = schedule === undefined ? null : appliesTo(schedule, offer.schedule);
      return { progress, schedule, applies, active: active.has(progress.phone) };
    });
    yield { candidates, unreadable };
  }
}
