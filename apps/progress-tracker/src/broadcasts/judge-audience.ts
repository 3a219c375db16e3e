import type { ScheduleSettings } from '@stopcovid/calendar';
import type { Phone } from '@stopcovid/contracts';
import { membersOf, type AudiencePage } from '../audiences/audience';
import { activePhones } from '../api/active-phones';
import { ApplyingSchedules, ownersOf } from '../clock/applying-schedule';
import type { PhoneSchedule } from '../clock/phone-schedule';
import type { PhoneSchedules } from '../clock/phone-schedules';
import type { Offer } from '../progress/offer';
import type { ProgressStore } from '../progress/progress-store';
import { idOfOwner, type Schedules } from '../schedules/schedules';
import type { Letter } from './broadcast';
import { verdictOn, type Candidate, type Verdict } from './verdict';

/** What an audience is judged by. */
export type JudgingParts = {
  readonly store: Pick<ProgressStore, 'trainees' | 'phonesOfPersons'>;
  readonly phones: Pick<PhoneSchedules, 'load'>;
  readonly schedules: Pick<Schedules, 'of'>;
  readonly offer: () => Offer;
};

export type Judged = { readonly phone: Phone; readonly verdict: Verdict };

type Planned = ReadonlyMap<Phone, PhoneSchedule>;

const plannedOf = async ({ members }: AudiencePage, phones: JudgingParts['phones']): Promise<Planned> => {
  const known = await phones.load(members.map(({ phone }) => phone));
  return new Map(
    [...known].flatMap(([phone, one]) => (one.kind === 'readable' ? [[phone, one.value] as const] : [])),
  );
};

/** Finds whose hours apply to the phones of a page. */
const applyingTo = async (
  planned: Planned,
  { schedules }: JudgingParts,
  applying: ApplyingSchedules,
): Promise<(phone: PhoneSchedule, organisation: ScheduleSettings | undefined) => Candidate['applies']> => {
  const owners = new Map([...planned.values()].flatMap(ownersOf).map((owner) => [idOfOwner(owner), owner]));
  const stored = await schedules.of([...owners.values()]);
  const said = new Map(stored.map((each) => [idOfOwner(each.owner), each]));
  return (phone, organisation) => applying.of(phone, said, organisation);
};

/** Says of everybody in an audience, page by page, whether they are written to. */
export async function* judgeAudience(
  letter: Letter,
  now: number,
  parts: JudgingParts,
): AsyncGenerator<readonly Judged[]> {
  const applying = new ApplyingSchedules();
  const offer = parts.offer();
  for await (const page of membersOf(letter.audience, parts.store, offer)) {
    const planned = await plannedOf(page, parts.phones);
    const [active, appliesTo] = await Promise.all([
      activePhones(parts.store, page.members),
      applyingTo(planned, parts, applying),
    ]);
    const judged = page.members.map((progress): Judged => {
      const schedule = planned.get(progress.phone);
      const applies = schedule === undefined ? null : appliesTo(schedule, offer.schedule);
      const candidate = { progress, schedule, applies, active: active.has(progress.phone) };
      return { phone: progress.phone, verdict: verdictOn(candidate, letter, now) };
    });
    const unreadable = page.unreadable.map(({ id }): Judged => ({
      phone: id as Phone,
      verdict: { kind: 'leftOut', reason: 'unreadable' },
    }));
    yield [...judged, ...unreadable];
  }
}
