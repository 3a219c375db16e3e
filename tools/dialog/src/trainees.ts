import { languageSchema, type Phone } from '@stopcovid/contracts';
import type { ProgressStore, TraineeFilter, TraineeProgress } from '@stopcovid/progress-tracker';
import { maskPhone } from '@stopcovid/runtime';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { phoneFrom } from './show';
import type { Terminal } from './terminal';

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

/**
 * One field of CSV. A spreadsheet runs what begins like a formula, and employers and units are named by others, so
 * that gets an apostrophe before it. A phone is a plus and digits alone: nothing to run, and readers want it whole.
 */
export const csvField = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value);
  const formula = /^[\s]*[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text);
  const safe = formula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const printers: Readonly<Record<TraineesOptions['form'], (row: Row) => string>> = {
  json: (row) => JSON.stringify(row),
  csv: (row) => columns.map((column) => csvField(row[column])).join(','),
  text: ({ phone, registered, optedOut, language, employerId, unitId, started, completed, lastHeardAt }) =>
    [
      String(phone).padEnd(16),
      registered ? 'registered' : 'unknown   ',
      optedOut ? 'opted out' : '         ',
      language,
      `${completed} of ${started} drills`.padEnd(16),
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
  const { count, more } = await each(store, options, (progress) =>
    terminal.out(print(rowOf(progress, options.full))),
  );
  terminal.err(`${count} trainee${count === 1 ? '' : 's'}`);
  if (more !== undefined)
    terminal.err(
      options.full ? `more follow: --after ${more}` : 'more follow: --full says after which phone',
    );
  return exitCodes.ok;
};
