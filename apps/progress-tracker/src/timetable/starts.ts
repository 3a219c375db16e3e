import { dayMs, hourMs, type Instant } from '@stopcovid/calendar';
import { z } from 'zod';
import { instantOf } from '../api/when';
import { audienceNameSchema, audienceSchema, type Audience } from '../audiences/audience';
import type { Audiences } from '../audiences/audiences';
import { candidatesOf, type Candidate, type CandidateParts } from '../broadcasts/candidates';
import { DripSteps } from '../clock/drip-steps';
import type { PhoneSchedules } from '../clock/phone-schedules';
import { standingOf } from '../clock/standing-of';
import { problemsIn } from '../problems-in';
import type { Offer } from '../progress/offer';
import { plan } from '../schedule/plan';
import type { Idle } from '../schedule/standing';
import { drillsAhead, drillsLeft } from './ahead';

/* As far as anybody plans ahead, and no longer than a request may take. */
const mostDays = 62;

const moment = z
  .string()
  .refine(
    (text) => instantOf(text) !== undefined,
    'must be a date such as 2026-06-10 or a time such as 2026-06-10T17:00:00Z',
  )
  .transform((text) => instantOf(text)?.getTime() ?? Number.NaN);

/** Which starts are counted: of whom (everybody where nothing is said), and from when to before when. Dates begin at midnight UTC. */
export const startsRequestSchema = z
  .strictObject({
    from: moment,
    to: moment,
    per: z.enum(['hour', 'day'], { error: 'must be hour or day' }).default('day'),
    audience: audienceSchema.exactOptional(),
    audienceName: audienceNameSchema.exactOptional(),
  })
  .refine(({ audience, audienceName }) => audience === undefined || audienceName === undefined, {
    path: ['audience'],
    message: 'give an audience or the audienceName of a saved one, not both',
  })
  .refine(({ from, to }) => !(to <= from), { path: ['to'], message: 'must be later than from' });
type StartsRequest = Readonly<z.infer<typeof startsRequestSchema>>;

/** Why somebody of an audience has no start in that time. */
export type NoStart = Idle | 'noSchedule' | 'unreadable' | 'notInThatTime';

/** How many drills start when, as if each is finished before the next. */
export type StartsPreview = {
  readonly people: number;
  readonly starts: number;
  /** Hours or days, in UTC, that have any. */
  readonly times: readonly { readonly from: Date; readonly starts: number }[];
  readonly none: readonly { readonly reason: NoStart; readonly people: number }[];
};

export type StartsParts = CandidateParts & {
  readonly phones: Pick<PhoneSchedules, 'load' | 'now'>;
  readonly audiences: Pick<Audiences, 'of'>;
  readonly offer: () => Offer;
};

type Span = { readonly now: Instant; readonly from: Instant; readonly to: Instant; readonly offer: Offer };

const startsOf = (candidate: Candidate, { now, from, to, offer }: Span): readonly Instant[] | NoStart => {
  const { schedule, applies, active } = candidate;
  if (schedule === undefined || applies === null) return 'noSchedule';
  const dates = Math.ceil((to - now) / dayMs) + 2;
  const drills = drillsLeft(schedule.drills, offer, dates);
  const nextDrill = drills[0] ?? null;
  const steps = new DripSteps().waitingFor(schedule, offer.drips).drills;
  const standing = standingOf(schedule, { applies, active, nextDrill, messages: [], steps, now });
  const starts = drillsAhead(standing, applies, { now, dates, drills })
    .filter(({ comes, at }) => comes && from <= at && at < to)
    .map(({ at }) => at);
  return starts.length > 0 ? starts : (plan(standing, applies, now).idle ?? 'notInThatTime');
};

/** Counts in memory that does not grow with the audience. */
class StartsTally {
  readonly #times = new Map<Instant, number>();
  readonly #none = new Map<NoStart, number>();
  #people = 0;

  constructor(private readonly stepMs: number) {}

  without(reason: NoStart, people: number): void {
    if (people === 0) return;
    this.#people += people;
    this.#none.set(reason, (this.#none.get(reason) ?? 0) + people);
  }

  add(starts: readonly Instant[]): void {
    this.#people += 1;
    for (const at of starts) {
      const from = at - (at % this.stepMs);
      this.#times.set(from, (this.#times.get(from) ?? 0) + 1);
    }
  }

  total(): StartsPreview {
    return {
      people: this.#people,
      starts: [...this.#times.values()].reduce((sum, starts) => sum + starts, 0),
      times: [...this.#times]
        .sort(([one], [other]) => one - other)
        .map(([from, starts]) => ({ from: new Date(from), starts })),
      none: [...this.#none]
        .map(([reason, people]) => ({ reason, people }))
        .sort((one, other) => other.people - one.people),
    };
  }
}

const count = async (
  audience: Audience,
  span: Span & Pick<StartsRequest, 'per'>,
  parts: StartsParts,
): Promise<StartsPreview> => {
  const tally = new StartsTally(span.per === 'hour' ? hourMs : dayMs);
  for await (const { candidates, unreadable } of candidatesOf(audience, span.offer, parts)) {
    tally.without('unreadable', unreadable.length);
    for (const starts of candidates.map((candidate) => startsOf(candidate, span)))
      if (typeof starts === 'string') tally.without(starts, 1);
      else tally.add(starts);
  }
  return tally.total();
};

const whoIn = async (
  { audience, audienceName }: StartsRequest,
  { audiences }: StartsParts,
): Promise<Audience | undefined> => {
  if (audienceName !== undefined) return (await audiences.of(audienceName))?.audience;
  return audience ?? { everybody: true };
};

export type StartsAnswer =
  | { readonly kind: 'counted'; readonly preview: StartsPreview }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Counts the drills that the clock will start in a time ahead, or says what is wrong with the question. */
export const previewStarts = async (request: unknown, parts: StartsParts): Promise<StartsAnswer> => {
  const read = startsRequestSchema.safeParse(request);
  if (!read.success) return { kind: 'invalid', problems: problemsIn(read.error) };
  const { from, to, per, audienceName } = read.data;
  const now = await parts.phones.now();
  if (to <= now) return { kind: 'invalid', problems: ['to: is past; what came is in each timetable'] };
  if (to > now + mostDays * dayMs)
    return { kind: 'invalid', problems: [`to: must be at most ${mostDays} days from now`] };
  const audience = await whoIn(read.data, parts);
  if (audience === undefined)
    return { kind: 'invalid', problems: [`audienceName: no audience is saved as ${audienceName ?? ''}`] };
  const span = { now, from, to, per, offer: parts.offer() };
  return { kind: 'counted', preview: await count(audience, span, parts) };
};
