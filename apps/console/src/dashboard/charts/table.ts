/** The numbers of a chart or a list, as they are shown and as a file has them. */
export type Table = {
  /** Also the name of the file. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

/* A spreadsheet takes these for the begin of a formula; a phone number is none. */
const formula = /^[=+\-@\t\r]/;
const phone = /^\+\d+$/;

const cell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) && !phone.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The table as CSV (RFC 4180), with a mark of UTF-8 before it, without which Excel guesses. */
export const csvOf = ({ columns, rows }: Table): string =>
  `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
