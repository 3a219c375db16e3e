const needsQuotes = /[",\r\n]|^\s|\s$/;
const formula = /^[=+\-@\t\r]/;

/** Words as plain text also to a spreadsheet that would run them as a formula. */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

const quoted = (cell: string): string => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A row as RFC 4180 writes it. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;
