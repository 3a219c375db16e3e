import type { Phone } from '@stopcovid/contracts';
import {
  clearSchedule,
  mongoAudiences,
  mongoBroadcasts,
  mongoPhoneSchedules,
  mongoProgressStore,
  mongoSchedules,
  offerOf,
  previewStarts,
  readOwner,
  setSchedule,
  startsView,
  timetableOf,
  timetableView,
  type SettingParts,
  type StartsParts,
  type TimetableParts,
  type TimetableView,
} from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { personAt } from './act';
import { mayDo } from './ask';
import { contentOf } from './content-file';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { drillsOption, loadCatalogue } from './load-catalogue';
import type { MongoConnection } from './mongo';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const minutesOf = (instant: string | undefined): string =>
  instant === undefined ? '' : `${instant.slice(0, 16)}Z`;

const zoneLine = ({ zone: { name, source, anyOf } }: TimetableView): string => {
  if (name !== null) return `${name}, from: ${source}`;
  return anyOf.length === 0 ? 'unknown' : `unknown: inside the hours of all of ${anyOf.join(', ')}`;
};

const aheadTable = ({ ahead }: TimetableView): readonly string[] =>
  tableOf(
    ['next', 'for', 'local', 'UTC', 'until', ''],
    ahead.map((one) => [
      one.kind,
      one.drill === undefined ? one.nominal : `${one.nominal} ${one.drill}`,
      one.local ?? '',
      one.comes ? minutesOf(one.at) : '',
      minutesOf(one.until),
      one.comes ? (one.reason ?? '') : `does not come: ${one.reason ?? ''}`,
    ]),
  );

const lastTable = ({ last }: TimetableView): readonly string[] =>
  tableOf(
    ['last', 'for', 'local', 'UTC', 'became', ''],
    last.map((one) => [
      one.kind,
      one.nominal,
      one.local ?? '',
      minutesOf(one.at),
      one.outcome,
      one.reason ?? '',
    ]),
  );

const linesOf = (view: TimetableView): readonly string[] => [
  `time zone: ${zoneLine(view)}`,
  ...(view.idle === undefined ? [] : [`no drill: ${view.idle}`]),
  ...(view.pausedUntil === undefined ? [] : [`paused until ${view.pausedUntil}`]),
  ...(view.schedule === undefined
    ? []
    : [
        '',
        ...tableOf(
          ['setting', 'from', 'value'],
          Object.entries(view.schedule).map(([field, { value, from }]) => [field, from, words(value)]),
        ),
      ]),
  '',
  ...aheadTable(view),
  '',
  ...lastTable(view),
];

/** Shows what the schedule means for a phone. `problems` where nothing was ever heard of it. */
export const showSchedule = async (
  { phone, json }: { readonly phone: Phone; readonly json: boolean },
  parts: TimetableParts,
  terminal: Terminal,
): Promise<ExitCode> => {
  const timetable = await timetableOf(phone, parts);
  if (timetable === undefined) {
    terminal.err('Nothing was ever heard of this phone.');
    return exitCodes.problems;
  }
  const view = timetableView(timetable);
  for (const line of json ? [JSON.stringify(view, undefined, 2)] : linesOf(view)) terminal.out(line);
  return exitCodes.ok;
};

const ownerFrom = (typed: string) => {
  const read = readOwner(typed);
  if (!read.ok) throw new UsageError(read.problems.join('\n'));
  return read.owner;
};

type Clearing = Pick<SettingParts, 'now'> &
  Pick<TimetableParts, 'schedules'> &
  Pick<SettingParts, 'schedules'>;
type Changing = { readonly owner: string; readonly by: string; readonly yes: boolean };

/** Sets all that an owner says about the schedule. Throws UsageError with what is wrong with it. */
export const setSettings = async (
  { owner: typed, by, yes, settings }: Changing & { readonly settings: unknown },
  parts: SettingParts,
  terminal: Terminal,
): Promise<ExitCode> => {
  const owner = ownerFrom(typed);
  if (!(await mayDo(`Set the schedule of ${typed}?`, yes, terminal))) return exitCodes.problems;
  const answer = await setSchedule({ owner, settings, by }, parts);
  if (!answer.ok) throw new UsageError(answer.problems.join('\n'));
  for (const warning of answer.warnings) terminal.err(`warning: ${warning}`);
  terminal.out(JSON.stringify(answer.stored.settings));
  return exitCodes.ok;
};

/** Takes back all that an owner says. Throws UsageError for who is none. */
export const clearSettings = async (
  { owner: typed, by, yes }: Changing,
  parts: Clearing,
  terminal: Terminal,
): Promise<ExitCode> => {
  const owner = ownerFrom(typed);
  if (!(await mayDo(`Take back the schedule of ${typed}?`, yes, terminal))) return exitCodes.problems;
  const [before] = await parts.schedules.of([owner]);
  if (before === undefined || Object.keys(before.settings).length === 0) {
    terminal.err('They say nothing about the schedule.');
    return exitCodes.problems;
  }
  await clearSchedule(owner, by, parts);
  terminal.out(`taken back: ${JSON.stringify(before.settings)}`);
  return exitCodes.ok;
};

/** Counts the drills that start in a time ahead. Throws UsageError with what is wrong with the question. */
export const countStarts = async (
  { json, ...request }: { readonly json: boolean } & Readonly<Record<string, unknown>>,
  parts: StartsParts,
  terminal: Terminal,
): Promise<ExitCode> => {
  const answer = await previewStarts(request, parts);
  if (answer.kind === 'invalid') throw new UsageError(answer.problems.join('\n'));
  const view = startsView(answer.preview);
  if (json) {
    terminal.out(JSON.stringify(view, undefined, 2));
    return exitCodes.ok;
  }
  const rows = view.times.map(({ from, starts }) => [minutesOf(from), `${starts}`]);
  for (const line of tableOf(['from', 'starts'], rows)) terminal.out(line);
  terminal.err(`${view.starts} starts, of ${view.people} people`);
  for (const { reason, people } of view.none) terminal.err(`  ${people} have none, ${reason}`);
  return exitCodes.ok;
};

type Flags = ServerFlags & {
  readonly drills: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly per?: string;
  readonly audience?: string;
};

const partsOf = async (mongo: MongoConnection, drills: string): Promise<TimetableParts & StartsParts> => {
  const offer = offerOf(await loadCatalogue(drills));
  return {
    store: await mongoProgressStore(mongo),
    phones: await mongoPhoneSchedules(mongo),
    schedules: await mongoSchedules(mongo),
    messages: await mongoBroadcasts(mongo),
    audiences: mongoAudiences(mongo),
    offer: () => offer,
  };
};

const settingParts = async (mongo: MongoConnection): Promise<SettingParts & Clearing> => ({
  schedules: await mongoSchedules(mongo),
  store: await mongoProgressStore(mongo),
  now: () => new Date(),
});

const help = `
An owner is employer:ID, unit:EMPLOYER:UNIT or trainee:PHONE. The file is YAML or JSON and holds all that they say;
what it leaves out, the level above says:

  days: [mon, wed, fri]
  time: "10:00"
  window: { opens: "09:00", closes: "18:00" }
  zone: America/Chicago

  dialog schedule set employer:acme acme.yaml
  dialog schedule preview --from 2026-06-10 --to 2026-06-12 --per hour --audience night-shift`;

const addLooking = (schedule: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const show = schedule
    .command('show')
    .description('the zone, what applies and from where, the next and the last ten occurrences')
    .argument('<phone>')
    .option('--json', 'as JSON')
    .option(...drillsOption);
  withMongoOptions(show).action(async (typed: string, flags: Flags) => {
    const asked = { phone: phoneFrom(typed), json: flags.json ?? false };
    surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
      showSchedule(asked, await partsOf(mongo, flags.drills), terminal),
    );
  });
  const preview = schedule
    .command('preview')
    .description('how many drills start when, as if each is finished before the next')
    .requiredOption('--from <time>', 'a date (from midnight UTC) or a time such as 2026-06-10T17:00:00Z')
    .requiredOption('--to <time>', 'before when')
    .option('--per <hour|day>', 'what is counted together', 'day')
    .option('--audience <name>', 'of a saved audience; everybody when left out')
    .option('--json', 'as JSON')
    .option(...drillsOption);
  withMongoOptions(preview).action(async (flags: Flags) => {
    const { from, to, per, audience, json = false } = flags;
    const asked = { from, to, per, json, ...(audience !== undefined && { audienceName: audience }) };
    surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
      countStarts(asked, await partsOf(mongo, flags.drills), terminal),
    );
  });
};

const addChanging = (schedule: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const by = personAt(surroundings);
  const set = schedule
    .command('set')
    .description('set all that an employer, unit or trainee says')
    .argument('<owner>')
    .argument('<file>')
    .option('--yes', 'do not ask');
  withMongoOptions(set).action(async (owner: string, file: string, flags: Flags) => {
    const said = { owner, by, yes: flags.yes ?? false, settings: await contentOf(file) };
    surroundings.ending.code = await onMongo({ flags, changes: true }, surroundings, async (mongo) =>
      setSettings(said, await settingParts(mongo), terminal),
    );
  });
  const clear = schedule
    .command('clear')
    .description('take back all that they say')
    .argument('<owner>')
    .option('--yes', 'do not ask');
  withMongoOptions(clear).action(async (owner: string, flags: Flags) => {
    const said = { owner, by, yes: flags.yes ?? false };
    surroundings.ending.code = await onMongo({ flags, changes: true }, surroundings, async (mongo) =>
      clearSettings(said, await settingParts(mongo), terminal),
    );
  });
};

/** `dialog schedule`: when the drills come, and why. */
export const addSchedule = (program: Command, surroundings: Surroundings): void => {
  const schedule = program.command('schedule').addHelpText('after', help);
  addLooking(schedule, surroundings);
  addChanging(schedule, surroundings);
};
