import {
  accountSchema,
  languageSchema,
  phoneSchema,
  type Account,
  type Language,
  type Phone,
} from '@stopcovid/contracts';
import { isSupportedCountry, parsePhoneNumberWithError, ParseError } from 'libphonenumber-js/max';
import { beyondHeadings, type CsvRow } from './csv-rows';

/** A row that can be taken. Consent is what makes it one: who gave it to whom, and when. */
export type TraineeRow = {
  readonly phone: Phone;
  readonly name?: string;
  readonly language?: Language;
  readonly timeZone?: string;
  readonly account: Account;
  /** Days by name, such as `hired`, that steps of a course may count from. */
  readonly dates: Readonly<Record<string, string>>;
  readonly consent: { readonly source: string; readonly on: string };
};

/** What holds for rows that do not say otherwise, and who knows what a zone is. */
export type RowRules = {
  /** ISO 3166, two letters: numbers without a country code are of this one. */
  readonly country?: string;
  readonly employerId?: string;
  readonly unitId?: string;
  /** The zone as it is to be stored, or what is wrong with it. */
  readonly readZone: (typed: string) => { readonly zone: string } | { readonly problem: string };
};

export type ReadRow =
  | { readonly ok: true; readonly row: TraineeRow }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The columns that a file may have, beside `date_…` for days by name. */
export const columns = [
  'phone',
  'country',
  'name',
  'language',
  'time_zone',
  'employer_id',
  'employer_name',
  'unit_id',
  'unit_name',
  'person_id',
  'labels',
  'consent_source',
  'consent_on',
] as const;
type Column = (typeof columns)[number];
export const required: readonly Column[] = ['phone', 'consent_source', 'consent_on'];
export const datePrefix = 'date_';

class Problems {
  readonly all: string[] = [];

  add(column: string, what: string): undefined {
    this.all.push(`${column}: ${what}`);
    return undefined;
  }
}

type Cells = CsvRow['cells'];

/** `="+12025550143"` is how spreadsheets are kept from turning a number into another. */
const asText = /^="(.*)"$/s;
const cellOf = (cells: Cells, column: string): string => {
  const typed = (cells[column] ?? '').replace(/\p{Cf}/gu, '').trim();
  return asText.exec(typed)?.[1] ?? typed;
};

const formula = /^[=+\-@]/;
const controls = /[\p{Cc}]/u;

/** Words of a person's: no formula, no line break, no longer than the record holds. */
const wordsIn = (
  cells: Cells,
  column: Column,
  { most, problems }: { most: number; problems: Problems },
): string | undefined => {
  const typed = cellOf(cells, column);
  if (typed === '') return undefined;
  if (formula.test(typed)) return problems.add(column, 'begins like a formula of a spreadsheet');
  if (controls.test(typed)) return problems.add(column, 'has a line break or another control character');
  return typed.length > most ? problems.add(column, `is longer than ${most} characters`) : typed;
};

const scientific = /^\d+([.,]\d+)?e[+-]?\d+$/i;

const countryIn = (cells: Cells, rules: RowRules, problems: Problems): string | undefined => {
  const typed = cellOf(cells, 'country').toUpperCase();
  const country = typed === '' ? rules.country : typed;
  if (country === undefined || isSupportedCountry(country)) return country;
  return problems.add('country', `${country.slice(0, 8)} is no country's two letters (ISO 3166)`);
};

/** What is wrong with a number, in the words of a person who typed it. */
const notANumber = (error: unknown): string => {
  if (!(error instanceof ParseError)) throw error;
  switch (error.message) {
    case 'INVALID_COUNTRY':
      return 'has no country code; write it with a +, or name the country';
    case 'TOO_SHORT':
      return 'is too short for a phone number';
    case 'TOO_LONG':
      return 'is too long for a phone number';
    default:
      return 'is no phone number';
  }
};

const phoneIn = (cells: Cells, rules: RowRules, problems: Problems): Phone | undefined => {
  const typed = cellOf(cells, 'phone');
  if (typed === '') return problems.add('phone', 'is missing');
  if (scientific.test(typed))
    return problems.add('phone', 'was cut short by a spreadsheet; format the column as text');
  const country = countryIn(cells, rules, problems);
  try {
    const number = parsePhoneNumberWithError(
      typed,
      country !== undefined && isSupportedCountry(country) ? country : undefined,
    );
    if (number.ext !== undefined) return problems.add('phone', 'has an extension, which cannot be texted');
    if (!number.isValid()) return problems.add('phone', 'is a number that nobody can have');
    if (number.getType() === 'FIXED_LINE')
      return problems.add('phone', 'is a landline, which cannot be texted');
    return phoneSchema.parse(number.number);
  } catch (error) {
    return problems.add('phone', notANumber(error));
  }
};

const date = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day that the calendar has. */
const isDay = (typed: string): boolean => {
  const [, year, month, dayOfMonth] = date.exec(typed) ?? [];
  if (year === undefined) return false;
  const instant = new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth)));
  return instant.toISOString().slice(0, 10) === typed;
};

const dayIn = (cells: Cells, column: string, problems: Problems): string | undefined => {
  const typed = cellOf(cells, column);
  if (typed === '') return undefined;
  return isDay(typed) ? typed : problems.add(column, 'is no day; write it as 2026-03-31');
};

/* `date_certificate_ends` is the date that a drip calls certificateEnds. */
const dateNameOf = (column: string): string =>
  column.slice(datePrefix.length).replace(/(?<!_)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const datesIn = (cells: Cells, problems: Problems): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(cells)
      .filter((column) => column.startsWith(datePrefix))
      .flatMap((column) => {
        const day = dayIn(cells, column, problems);
        return day === undefined ? [] : [[dateNameOf(column), day] as const];
      }),
  );

const languageIn = (cells: Cells, problems: Problems): Language | undefined => {
  const typed = cellOf(cells, 'language').toLowerCase();
  if (typed === '') return undefined;
  const language = languageSchema.safeParse(typed);
  return language.success
    ? language.data
    : problems.add('language', 'is to be two letters (ISO 639-1), such as es');
};

const zoneIn = (cells: Cells, { readZone }: RowRules, problems: Problems): string | undefined => {
  const typed = cellOf(cells, 'time_zone');
  if (typed === '') return undefined;
  const read = readZone(typed);
  return 'zone' in read ? read.zone : problems.add('time_zone', read.problem);
};

const labelsIn = (cells: Cells, problems: Problems): readonly string[] => {
  const typed = wordsIn(cells, 'labels', { most: 2_048, problems }) ?? '';
  const labels = [...new Set(typed.split(/[|;,]/).map((label) => label.trim()))].filter(
    (each) => each !== '',
  );
  if (labels.length > 32) problems.add('labels', 'are more than 32');
  if (labels.some((label) => label.length > 64)) problems.add('labels', 'has one of more than 64 characters');
  return labels;
};

/** Only what the row, or the rules, name: what is left empty changes nothing. */
type Named<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };
const named = <T extends Readonly<Record<string, unknown>>>(values: T): Named<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Named<T>;

const accountIn = (cells: Cells, rules: RowRules, problems: Problems): Account => {
  const id = (column: Column) => wordsIn(cells, column, { most: 128, problems });
  const name = (column: Column) => wordsIn(cells, column, { most: 256, problems });
  const labels = labelsIn(cells, problems);
  const account = accountSchema.safeParse(
    named({
      employerId: id('employer_id') ?? rules.employerId,
      employerName: name('employer_name'),
      unitId: id('unit_id') ?? rules.unitId,
      unitName: name('unit_name'),
      personId: id('person_id'),
      labels: labels.length > 0 ? labels.slice(0, 32) : undefined,
    }),
  );
  return account.success ? account.data : {};
};

const consentIn = (cells: Cells, problems: Problems): TraineeRow['consent'] | undefined => {
  const source = wordsIn(cells, 'consent_source', { most: 256, problems });
  const on = dayIn(cells, 'consent_on', problems);
  if (source === undefined && cellOf(cells, 'consent_source') === '')
    problems.add('consent_source', 'is missing: how did this person agree to be texted?');
  if (on === undefined && cellOf(cells, 'consent_on') === '')
    problems.add('consent_on', 'is missing: when did this person agree to be texted?');
  return source === undefined || on === undefined ? undefined : { source, on };
};

/** Reads one row, or says all that is wrong with it, by column. */
export const readTraineeRow = ({ cells }: CsvRow, rules: RowRules): ReadRow => {
  const problems = new Problems();
  if (beyondHeadings in cells) problems.add('row', 'has more cells than there are headings');
  const phone = phoneIn(cells, rules, problems);
  const consent = consentIn(cells, problems);
  const row = {
    ...named({
      name: wordsIn(cells, 'name', { most: 256, problems }),
      language: languageIn(cells, problems),
      timeZone: zoneIn(cells, rules, problems),
    }),
    account: accountIn(cells, rules, problems),
    dates: datesIn(cells, problems),
  };
  if (problems.all.length > 0 || phone === undefined || consent === undefined)
    return { ok: false, problems: problems.all };
  return { ok: true, row: { phone, consent, ...row } };
};
