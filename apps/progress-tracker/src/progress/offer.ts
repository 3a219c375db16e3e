import type { ScheduleSettings } from '@stopcovid/calendar';
import type { DrillContent, DrillSlug } from '@stopcovid/contracts';
import type { Catalogue, Course, Drips } from '@stopcovid/drills';
import type { OwnCopy } from '@stopcovid/sms-copy';

/** What can be taught: the course, and which drills there are. Without `known` any drill is taken to exist. */
export type Offer = Course & {
  readonly known?: ReadonlySet<DrillSlug>;
  /** The drills whose trainees are told that an answer was right after all. */
  readonly tellRegraded?: ReadonlySet<string>;
  /** The content of each drill that can be given, by its hash. */
  readonly contents?: ReadonlyMap<string, DrillContent>;
  /** The organisation's schedule, if it has one. */
  readonly schedule?: ScheduleSettings;
  /** What comes so long before or after a date of the trainee. */
  readonly drips?: Drips;
  /** What the organisation says otherwise than we do. */
  readonly copy?: OwnCopy;
};

/** What a catalogue offers. */
export const offerOf = ({ course, revisions, byHash, schedule, drips, copy }: Catalogue): Offer => ({
  ...course,
  known: new Set(revisions.keys()),
  tellRegraded: new Set(
    [...revisions.values()].flatMap(({ content }) => (content.tellRegraded ? [content.slug] : [])),
  ),
  contents: new Map([...byHash].map(([hash, { content }]) => [hash, content])),
  ...(schedule && { schedule }),
  ...(drips && { drips }),
  ...(copy && { copy }),
});

/** Whether a drill can be given now. */
export const knowsDrill = ({ known }: Offer, drill: string): boolean =>
  known === undefined || [...known].some((slug) => slug === drill);

/** The drill, if it can be given; nobody is promised a drill that the engine would refuse. */
export const offered = ({ known }: Offer, drill: DrillSlug | undefined): DrillSlug | undefined =>
  drill === undefined || (known && !known.has(drill)) ? undefined : drill;
