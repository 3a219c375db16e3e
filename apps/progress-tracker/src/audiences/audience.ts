import { languageSchema, localDateSchema } from '@stopcovid/contracts';
import { z } from 'zod';
import type { TraineeProgress } from '../progress/evolve-progress';
import { nextOf } from '../progress/follow-up';
import type { Offer } from '../progress/offer';
import { given } from '../given';
import type { ProgressStore, TraineeFilter, UnreadableDocument } from '../progress/progress-store';

const id = z.string().min(1).max(128);

/** How far somebody is: no drill yet, in one, between two of them, through with the course. */
const courseStandings = ['notBegun', 'inDrill', 'betweenDrills', 'finished'] as const;
type CourseStanding = (typeof courseStandings)[number];

const narrowing = {
  employerId: id.exactOptional(),
  unitId: id.exactOptional(),
  label: z.string().min(1).max(64).exactOptional(),
  language: languageSchema.exactOptional(),
  /** Dates begin at midnight UTC. */
  registeredSince: localDateSchema.exactOptional(),
  standing: z.enum(courseStandings).exactOptional(),
  heardSince: localDateSchema.exactOptional(),
  notHeardSince: localDateSchema.exactOptional(),
};

/** Who is meant. All that is said must be so; whoever means everybody has to say that. */
export const audienceSchema = z
  .strictObject({ everybody: z.literal(true).exactOptional(), ...narrowing })
  .refine((audience) => Object.keys(audience).length > 0, {
    message: `names nobody: say everybody: true, or some of ${Object.keys(narrowing).join(', ')}`,
  })
  .refine(({ everybody, ...rest }) => everybody === undefined || Object.keys(rest).length === 0, {
    path: ['everybody'],
    message: 'stands alone: leave it out, or all else',
  })
  .refine(({ employerId, unitId }) => unitId === undefined || employerId !== undefined, {
    path: ['unitId'],
    message: 'needs an employerId: two employers may use one id for two units',
  });
export type Audience = Readonly<z.infer<typeof audienceSchema>>;

/** The name of a saved audience. */
export const audienceNameSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as night-shift');

const standingIn = ({ runningId, drills }: TraineeProgress, offer: Offer): CourseStanding => {
  if (runningId !== undefined) return 'inDrill';
  if (drills.every(({ started }) => started === 0)) return 'notBegun';
  return nextOf(drills, offer) === undefined ? 'finished' : 'betweenDrills';
};

const heard = (lastHeardAt: Date | undefined, { heardSince, notHeardSince }: Audience): boolean => {
  const last = lastHeardAt?.getTime() ?? -Infinity;
  if (heardSince !== undefined && last < Date.parse(heardSince)) return false;
  return notHeardSince === undefined || last < Date.parse(notHeardSince);
};

type Check = (audience: Audience, progress: TraineeProgress, offer: Offer) => boolean;

const isSame = (wanted: string | undefined, is: string | undefined): boolean =>
  wanted === undefined || wanted === is;

const checks: readonly Check[] = [
  ({ employerId }, { trainee }) => isSame(employerId, trainee.account.employerId),
  ({ unitId }, { trainee }) => isSame(unitId, trainee.account.unitId),
  ({ language }, { trainee }) => isSame(language, trainee.profile.language),
  ({ label }, { trainee }) => label === undefined || (trainee.account.labels ?? []).includes(label),
  ({ registeredSince }, { trainee: { registration } }) =>
    registeredSince === undefined ||
    (registration !== null && Date.parse(registration.at) >= Date.parse(registeredSince)),
  ({ standing }, progress, offer) => standing === undefined || standingIn(progress, offer) === standing,
  (audience, { lastHeardAt }) => heard(lastHeardAt, audience),
];

/** Whether somebody belongs to an audience. */
export const belongsTo: Check = (audience, progress, offer) =>
  checks.every((check) => check(audience, progress, offer));

/** Part of an audience, in the order of phones. `unreadable` may belong to it: nobody can tell. */
export type AudiencePage = {
  readonly members: readonly TraineeProgress[];
  readonly unreadable: readonly UnreadableDocument[];
};

const pageSize = 500;

/** Whom an audience means now, page by page. */
export async function* membersOf(
  audience: Audience,
  store: Pick<ProgressStore, 'trainees'>,
  offer: Offer,
): AsyncGenerator<AudiencePage> {
  const { employerId, unitId, language } = audience;
  const filter: TraineeFilter = given({ employerId, unitId, language });
  let after: TraineeProgress['phone'] | undefined;
  do {
    const page = await store.trainees(filter, { limit: pageSize, ...given({ after }) });
    yield {
      members: page.items.filter((one) => belongsTo(audience, one, offer)),
      unreadable: page.unreadable ?? [],
    };
    after = page.next;
  } while (after !== undefined);
}
