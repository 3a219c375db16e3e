import { languageSchema, type Phone } from '@stopcovid/contracts';
import {
  mongoProgressStore,
  type ProgressStore,
  type TraineeFilter,
  type TraineeProgress,
} from '@stopcovid/progress-tracker';
import { maskPhone } from '@stopcovid/runtime';
import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { loadCatalogue } from './load-catalogue';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { csvField } from './table';
import type { Terminal } from './terminal';
import { formOf, phoneFrom } from './typed';

export type TraineesOptions = {
  readonly employer?: string;
  readonly unit?: string;
  readonly language?: string;
  readonly optedOut?: boolean;
  readonly registered?: boolean;
  /** All of them when left out. */
  readonly limit?: number;
  readonly after?: string;
  readonly form: 'text' | 'csv' | 'json';
  /** Phones as they are: personal data. */
  readonly full: boolean;
  /** The drills of the course, to say how many of them are done. */
  readonly course?: readonly string[];
};

const pageSize = 500;

const filterFrom = ({ employer, unit, language, optedOut, registered }: TraineesOptions): TraineeFilter => {
  if (language !== undefined && !languageSchema.safeParse(language).success)
    throw new UsageError(`'${language}' is no language: it takes two lower-case letters such as es`);
  return {
    ...(employer === undefined ? {} : { employerId: employer }),
    ...(unit === undefined ? {} : { unitId: unit }),
    ...(language === undefined ? {} : { language }),
    ...(optedOut === undefined ? {} : { optedOut }),
    ...(registered === undefined ? {} : { registered }),
  };
};

const columns = [
  'phone',
  'registered',
  'optedOut',
  'language',
  'employerId',
  'unitId',
  'started',
  'completed',
  'version',
  'firstSeenAt',
  'lastHeardAt',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string | number | boolean | null>>;

const rowOf = ({ phone, trainee, drills, version, ...times }: TraineeProgress, full: boolean): Row => ({
  phone: full ? phone : maskPhone(phone),
  registered: trainee.registration !== null,
  optedOut: trainee.optedOut,
  language: trainee.profile.language,
  employerId: trainee.account.employerId ?? null,
  unitId: trainee.account.unitId ?? null,
  started: drills.reduce((sum, { started }) => sum + started, 0),
  completed: drills.reduce((sum, { completed }) => sum + completed, 0),
  version,
  firstSeenAt: times.firstSeenAt.toISOString(),
  lastHeardAt: times.lastHeardAt?.toISOString() ?? null,
});

/** How far somebody is in the course; where it is not known, how often a drill was begun and done. */
const farOf = (
  { drills }: TraineeProgress,
  { started, completed }: Row,
  course: readonly string[] = [],
): string => {
  const done = drills.filter(({ drill, completed: times }) => times > 0 && course.includes(drill)).length;
  return course.length > 0 ? `${done} of ${course.length} drills` : `${completed} done, ${started} begun`;
};

type Printer = (row: Row, far: string) => string;

const printers: Readonly<Record<TraineesOptions['form'], Printer>> = {
  json: (row) => JSON.stringify(row),
  csv: (row) => columns.map((column) => csvField(row[column])).join(','),
  text: ({ phone, registered, optedOut, language, employerId, unitId, lastHeardAt }, far) =>
    [
      String(phone).padEnd(16),
      registered ? 'registered' : 'unknown   ',
      optedOut ? 'opted out' : '         ',
      language,
      far.padEnd(18),
      `heard ${lastHeardAt ?? 'never'}`.padEnd(30),
      [employerId, unitId].filter(Boolean).join(' / '),
    ]
      .join('  ')
      .trimEnd(),
};

/** The trainees that fit, page by page; `more` says where the next would begin. */
const each = async (
  store: Pick<ProgressStore, 'trainees'>,
  options: TraineesOptions,
  print: (progress: TraineeProgress) => void,
): Promise<{ readonly count: number; readonly more?: Phone }> => {
  const filter = filterFrom(options);
  let after = options.after === undefined ? undefined : phoneFrom(options.after);
  let left = options.limit ?? Infinity;
  let count = 0;
  while (left > 0) {
    const limit = Math.min(pageSize, left);
    const page = await store.trainees(filter, { limit, ...(after === undefined ? {} : { after }) });
    page.items.forEach(print);
    count += page.items.length;
    left -= page.items.length;
    after = page.next;
    if (after === undefined) return { count };
  }
  return { count, ...(after === undefined ? {} : { more: after }) };
};

/** Lists trainees from the tracker's projection, in the order of their phones. */
export const trainees = async (
  store: Pick<ProgressStore, 'trainees'>,
  options: TraineesOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const print = printers[options.form];
  if (options.form === 'csv') terminal.out(columns.join(','));
  const { count, more } = await each(store, options, (progress) => {
    const row = rowOf(progress, options.full);
    terminal.out(print(row, farOf(progress, row, options.course)));
  });
  terminal.err(`${count} trainee${count === 1 ? '' : 's'}`);
  if (more !== undefined)
    terminal.err(
      options.full ? `more follow: --after ${more}` : 'more follow: --full says after which phone',
    );
  return exitCodes.ok;
};

type Flags = Pick<
  TraineesOptions,
  'employer' | 'unit' | 'language' | 'optedOut' | 'registered' | 'limit' | 'after'
> &
  Pick<ServerFlags, 'environment' | 'mongodb'> & {
    readonly csv?: boolean;
    readonly json?: boolean;
    readonly full?: boolean;
    readonly drills?: string;
  };

const howMany = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('It takes a whole number from 1 on.');
  return count;
};

/** `dialog trainees`: who is known. */
export const addTrainees = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('trainees')
    .option('--employer <id>')
    .option('--unit <id>')
    .option('--language <language>', 'two letters, such as es')
    .option('--opted-out', 'only those who opted out')
    .option('--no-opted-out', 'only those who did not')
    .option('--registered', 'only those who are registered')
    .option('--no-registered', 'only those who are not')
    .option('--limit <count>', 'so many at the most', howMany)
    .option('--after <phone>', 'those behind this phone')
    .option('--csv', 'comma-separated values')
    .option('--json', 'one JSON object a line')
    .option('--full', 'phones as they are: personal data')
    .option('--drills <dir>', 'folder of the drills: says how many of the course are done');
  withMongoOptions(command).action(
    async ({ csv, json, full, environment, mongodb, drills, ...flags }: Flags) => {
      const form = formOf({ ...(csv ? { csv } : {}), ...(json ? { json } : {}) });
      const servers = { ...(environment ? { environment } : {}), ...(mongodb ? { mongodb } : {}) };
      const course = drills === undefined ? {} : { course: (await loadCatalogue(drills)).course.drills };
      surroundings.ending.code = await onMongo(
        { flags: servers, changes: false },
        surroundings,
        async (connection) =>
          trainees(
            await mongoProgressStore(connection),
            { ...flags, ...course, form, full: full ?? false },
            surroundings.terminal,
          ),
      );
    },
  );
};
