import type { DecodedBatch, DialogEvent, Event } from '@stopcovid/contracts';
import { groupBy } from '@stopcovid/runtime';
import type { RunFilter } from './run-figures';

/*
 * The runs once more, from the events alone, by reading all of a phone for each of its runs: slow, and nothing of it is
 * how the service does it.
 */
export type Start = { readonly batch: DecodedBatch; readonly event: Event<'DrillStarted'> };
export type Told = { readonly at: number; readonly event: DialogEvent };

/** All starts of runs. */
export const startsIn = (batches: readonly DecodedBatch[]): readonly Start[] =>
  batches.flatMap((batch) =>
    batch.events.flatMap((event) => (event.type === 'DrillStarted' ? [{ batch, event }] : [])),
  );

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The local day of a time in a zone, as YYYY-MM-DD. */
export const localDay = (zone: string, at: string): string => {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  clocks.set(zone, clock);
  return clock.format(new Date(at));
};

/** All that was told of a run, with what had been told of the one that it goes on with when it began. */
const toldOf = (batches: readonly DecodedBatch[], { batch, event }: Start): readonly Told[] => {
  const before = startsIn(batches).filter((start) => start.event.runId === event.goesOn?.runId);
  const earlier = batches.filter(({ phone, version }) => phone === batch.phone && version < batch.version);
  const own = batches.flatMap(({ at, events }) =>
    events
      .filter((told) => 'runId' in told && told.runId === event.runId)
      .map((told) => ({ at: Date.parse(at), event: told })),
  );
  return [...before.flatMap((start) => toldOf(earlier, start)), ...own];
};

export type Recounted = {
  readonly start: Start;
  readonly told: readonly Told[];
  readonly day: string;
  readonly completedOn: string | undefined;
  readonly optedOut: boolean;
};

/** The batch that replaced a run, if one did. */
export const replacedBy = (
  batches: readonly DecodedBatch[],
  { batch, event }: Start,
): DecodedBatch | undefined =>
  batches.find(
    ({ phone, version, events }) =>
      phone === batch.phone &&
      version > batch.version &&
      events.some(
        (later) =>
          later.type === 'TraineeRegistered' ||
          (later.type === 'DrillStarted' && later.goesOn?.runId === event.runId),
      ),
  );

/** The batches that erased the trainee of a run. */
export const erasuresOf = (batches: readonly DecodedBatch[], { batch }: Start): readonly DecodedBatch[] =>
  batches.filter(
    ({ phone, version, events }) =>
      phone === batch.phone && version > batch.version && events.some(({ type }) => type === 'TraineeErased'),
  );

/** Was the trainee of a run erased since? */
export const isErased = (batches: readonly DecodedBatch[], start: Start): boolean =>
  erasuresOf(batches, start).length > 0;

/** Does a run count, unless something replaces it? */
export const isCounted = ({ batch, event }: Start): boolean =>
  batch.trainee.registration?.demo !== true && event.repeatsOnly !== true;

const counts = (batches: readonly DecodedBatch[], start: Start): boolean =>
  isCounted(start) && replacedBy(batches, start) === undefined && !isErased(batches, start);

const endOf = (batches: readonly DecodedBatch[], { event }: Start) =>
  batches
    .flatMap(({ at, events }) => events.map((told) => ({ at, told })))
    .find(
      ({ told }) =>
        (told.type === 'DrillCompleted' || told.type === 'DrillAbandoned') && told.runId === event.runId,
    );

type Begun = Pick<Recounted, 'start' | 'day'>;

/** A run, and the day on which it began, where the trainee was. */
export const begun = (start: Start): Begun => ({
  start,
  day: localDay(start.batch.trainee.profile.timeZone ?? 'UTC', start.batch.at),
});

/** A run with all that was told of it. */
export const recounted = (batches: readonly DecodedBatch[], start: Start): Recounted => {
  const zone = start.batch.trainee.profile.timeZone ?? 'UTC';
  const end = endOf(batches, start);
  return {
    ...begun(start),
    told: toldOf(batches, start),
    completedOn: end?.told.type === 'DrillCompleted' ? localDay(zone, end.at) : undefined,
    optedOut: end?.told.type === 'DrillAbandoned' && end.told.reason === 'optedOut',
  };
};

export type Named = Readonly<Record<string, string | null>>;

/** What a run is grouped by, once for each of its labels. */
export const namesOf = ({ start: { batch, event }, day }: Begun): readonly Named[] => {
  const { employerId = null, unitId = null, labels = [] } = batch.trainee.account;
  const { drill, revision, reason, prompt } = event;
  const single = { employerId, unitId, drill, revision, reason, language: prompt.language, day };
  return (labels.length === 0 ? [null] : [...new Set(labels)]).map((label) => ({ ...single, label }));
};

/** Does a run fit? */
export const isIn = (run: Begun, { from, until, ...exact }: RunFilter): boolean =>
  (from === undefined || run.day >= from) &&
  (until === undefined || run.day < until) &&
  namesOf(run).some((name) => Object.entries(exact).every(([key, wanted]) => name[key] === wanted));

/** The batches of each phone: nothing of a run is in those of another. */
export const byPhone = (batches: readonly DecodedBatch[]): readonly (readonly DecodedBatch[])[] => [
  ...groupBy(batches, ({ phone }) => phone).values(),
];

/** The runs that count and fit. */
export const runsIn = (batches: readonly DecodedBatch[], filter: RunFilter): readonly Recounted[] =>
  byPhone(batches).flatMap((own) =>
    startsIn(own)
      .filter((start) => isIn(begun(start), filter) && counts(own, start))
      .map((start) => recounted(own, start)),
  );

/** Says an event how a reply was judged? */
export const isJudged = (
  event: DialogEvent,
): event is Event<'PromptCompleted'> | Event<'PromptFailed'> | Event<'ReplyUnclear'> =>
  event.type === 'PromptCompleted' || event.type === 'PromptFailed' || event.type === 'ReplyUnclear';

type Ruled = 'right' | 'wrong' | 'unclear';

/** What people ruled on the judged replies of a run, where it stands: by the event that judged them. */
export const rulingsIn = (told: readonly Told[]): ReadonlyMap<DialogEvent, Ruled> => {
  const judged = told.flatMap(({ event }) => (isJudged(event) ? [event] : []));
  const standing = new Map<DialogEvent, Event<'ReplyRegraded'>>();
  for (const { event } of told) {
    if (event.type !== 'ReplyRegraded') continue;
    const reply = judged[event.reply - 1];
    if (reply === undefined || reply.repeat || reply.prompt !== event.prompt) continue;
    const before = standing.get(reply)?.ruling;
    if (before?.group === event.ruling.group && before.number > event.ruling.number) continue;
    standing.set(reply, event);
  }
  return new Map([...standing].flatMap(([reply, { now, withdrawn }]) => (withdrawn ? [] : [[reply, now]])));
};
