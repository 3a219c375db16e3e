import { addDays, instantOf, wallClock, type Instant, type LocalDate } from '@stopcovid/calendar';
import {
  decodeCommand,
  decodeKeyed,
  type DialogCommand,
  type EventType,
  type Phone,
  type Trainee,
} from '@stopcovid/contracts';
import type { TraineeProgress } from '@stopcovid/progress-tracker';
import { firstOf, type Chronicle, type Told } from './chronicle';
import type { History, Scheduled, Violation } from './history';
import { groupBy } from '@stopcovid/runtime';

/** A command that comes by time, and only within its hours. */
type Proactive = Extract<DialogCommand, { readonly occurrence?: unknown }>;

const isProactive = (command: DialogCommand): command is Proactive =>
  'occurrence' in command && command.occurrence !== undefined;

const commandsIn = ({ commands }: History): readonly DialogCommand[] =>
  commands.flatMap((record) => {
    const read = decodeKeyed<DialogCommand>(record, decodeCommand);
    return read.ok ? [read.value] : [];
  });

/** What came by time, by its id. The same thing published twice is one. */
const proactiveIn = (history: History): ReadonlyMap<string, Proactive> =>
  new Map(
    commandsIn(history)
      .filter(isProactive)
      .map((command) => [command.commandId, command]),
  );

const starts: ReadonlySet<EventType> = new Set(['DrillStarted']);
/* A drill that was answered on a day holds up that day's. */
const learning: ReadonlySet<EventType> = new Set([
  'DrillStarted',
  'PromptCompleted',
  'PromptFailed',
  'ReplyUnclear',
]);

const withAny = (told: readonly Told[], types: ReadonlySet<EventType>): readonly Told[] =>
  firstOf(told).filter(({ batch }) => batch.events.some(({ type }) => types.has(type)));

const dateIn = ({ zone }: Scheduled, at: string): LocalDate => wallClock(zone, Date.parse(at)).date;

/** I13: never two scheduled starts in one local day. */
export const oneStartADay = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const { scheduled } = history;
  if (scheduled === null) return [];
  const proactive = proactiveIn(history);
  return [...chronicle].flatMap(([phone, told]): readonly Violation[] => {
    const dates = withAny(told, starts)
      .filter(({ batch }) => proactive.has(batch.commandId))
      .map(({ batch }) => dateIn(scheduled, batch.at));
    const twice = dates.find((date, index) => dates.indexOf(date) !== index);
    return twice === undefined
      ? []
      : [{ invariant: 'I13', phone, detail: `two scheduled drills began on ${twice}` }];
  });
};

const isWithin = (
  { delivery }: Proactive,
  { zone, window }: Pick<Scheduled, 'zone' | 'window'>,
  at: Instant,
): boolean => {
  const { minute } = wallClock(zone, at);
  const isWanted =
    delivery === undefined ||
    (at <= Date.parse(delivery.notAfter) &&
      delivery.windows.some(({ opens, closes }) => Date.parse(opens) <= at && at < Date.parse(closes)));
  return isWanted && window.opens <= minute && minute < window.closes;
};

/** Each batch that something proactive led to, with what the trainee was before it. */
type Led = { readonly command: Proactive; readonly told: Told; readonly before: Trainee | undefined };

const ledTo = (told: readonly Told[], proactive: ReadonlyMap<string, Proactive>): readonly Led[] => {
  const batches = firstOf(told);
  return batches.flatMap((each, index) => {
    const command = proactive.get(each.batch.commandId);
    return command === undefined ? [] : [{ command, told: each, before: batches[index - 1]?.batch.trainee }];
  });
};

/** I14: nothing proactive was handed over outside the window of its trainee, nor outside its own hours. */
export const insideTheWindow = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const { scheduled, carrier, textsOf } = history;
  if (scheduled === null) return [];
  const proactive = proactiveIn(history);
  const calledAt = new Map(carrier.map((message) => [message.messageId, message.calledAt]));
  return [...chronicle].flatMap(([phone, told]) =>
    ledTo(told, proactive).flatMap((led) =>
      textsOf(led.told.batch).flatMap(({ messageId }): readonly Violation[] => {
        const at = calledAt.get(messageId);
        if (at === undefined || isWithin(led.command, scheduled, at)) return [];
        const when = new Date(at).toISOString();
        return [{ invariant: 'I14', phone, detail: `${messageId} was handed over at ${when}` }];
      }),
    ),
  );
};

const isUnwanted = (trainee: Trainee | undefined): boolean =>
  trainee !== undefined && (trainee.optedOut || isPaused(trainee));

const isPaused = ({ schedulePaused }: Trainee): boolean =>
  schedulePaused !== undefined && schedulePaused.until === undefined;

/** What a trainee was when the calm began and at every batch in it. Nothing, where they were not known by then. */
const throughout = (told: readonly Told[], { calm }: Scheduled): readonly Trainee[] => {
  const batches = firstOf(told).map(({ batch }) => batch);
  const first = batches.findIndex(({ at }) => Date.parse(at) >= calm.from);
  const from = first === -1 ? batches.length : first;
  return from === 0 ? [] : batches.slice(from - 1).map(({ trainee }) => trainee);
};

const wasPlannedFor = (phone: Phone, own: readonly Proactive[], { calm }: Scheduled): readonly Violation[] =>
  own
    .filter((command) => Date.parse(command.at) >= calm.from)
    .map(({ commandId }) => ({
      invariant: 'I15',
      phone,
      detail: `${commandId} was planned for who had opted out or paused`,
    }));

/**
 * I15: nothing proactive is asked of who has opted out or paused. What crosses with their word on its way asks for no
 * text; once all is calm the clock knows.
 */
export const nothingUnwanted = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const { scheduled } = history;
  if (scheduled === null) return [];
  const proactive = proactiveIn(history);
  const proactiveOf = groupBy([...proactive.values()], (command) => command.phone);
  const sent = new Set(history.carrier.map(({ messageId }) => messageId));
  return [...chronicle].flatMap(([phone, told]) => {
    const texts = ledTo(told, proactive)
      .filter(({ before }) => isUnwanted(before))
      .flatMap((led) => history.textsOf(led.told.batch))
      .filter(({ messageId }) => sent.has(messageId))
      .map(({ messageId }): Violation => ({
        invariant: 'I15',
        phone,
        detail: `${messageId} went to who had opted out or paused`,
      }));
    const calm = throughout(told, scheduled);
    const wasUnwanted = calm.length > 0 && calm.every(isUnwanted);
    return [...texts, ...(wasUnwanted ? wasPlannedFor(phone, proactiveOf.get(phone) ?? [], scheduled) : [])];
  });
};

/** The dates of which the whole window lies in the calm. */
const calmDates = ({ zone, window, calm }: Scheduled): readonly LocalDate[] => {
  const dates: LocalDate[] = [];
  for (let date = wallClock(zone, calm.from).date; ; date = addDays(date, 1)) {
    const closes = instantOf(zone, date, window.closes);
    if (closes === null || closes > calm.to) return dates;
    const opens = instantOf(zone, date, window.opens);
    if (opens !== null && opens >= calm.from) dates.push(date);
  }
};

const isEligible = (trainee: Trainee): boolean => trainee.registration !== null && !isUnwanted(trainee);

const hasFinished = (trainee: TraineeProgress | undefined, { drills }: Scheduled): boolean => {
  const known = trainee?.drills ?? [];
  const completed = new Set(known.flatMap((each) => (each.completed > 0 ? [each.drill] : [])));
  return drills.every((drill) => completed.has(drill));
};

/** What the clock has on record as published bears the time of its command. */
const unsaid = (history: History, { schedules }: Scheduled): readonly Violation[] => {
  const said = new Set(commandsIn(history).map(({ phone, at }) => `${phone} ${Date.parse(at)}`));
  return schedules.flatMap(({ phone, clock: { last } }) =>
    last
      .filter(({ outcome, at }) => outcome === 'published' && !said.has(`${phone} ${at}`))
      .map(({ kind, nominal }): Violation => ({
        invariant: 'I16',
        phone,
        detail: `the ${kind} of ${nominal} is on record as published, and is not`,
      })),
  );
};

/**
 * I16: nobody eligible is forgotten: on each calm day everyone has begun a drill or answered theirs. And what is on record
 * as published stands on its topic.
 */
export const nobodyIsForgotten = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const { scheduled } = history;
  if (scheduled === null) return [];
  const dates = calmDates(scheduled);
  const trainees = new Map(history.trainees.map((trainee) => [trainee.phone, trainee]));
  const forgotten = [...chronicle].flatMap(([phone, told]): readonly Violation[] => {
    const calm = throughout(told, scheduled);
    if (calm.length === 0 || !calm.every(isEligible) || hasFinished(trainees.get(phone), scheduled))
      return [];
    const learned = new Set(withAny(told, learning).map(({ batch }) => dateIn(scheduled, batch.at)));
    return dates
      .filter((date) => !learned.has(date))
      .map((date) => ({ invariant: 'I16', phone, detail: `no drill came on ${date}` }));
  });
  return [...forgotten, ...unsaid(history, scheduled)];
};
