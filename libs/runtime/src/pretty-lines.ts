import type { DestinationStream } from 'pino';

const quiet = new Set(['level', 'time', 'service', 'msg', 'context']);

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const prettyLine = (line: Record<string, unknown>): string => {
  const stack =
    line['err'] instanceof Object && 'stack' in line['err'] ? `\n${String(line['err'].stack)}` : '';
  const rest = Object.entries(line)
    .filter(([name]) => !quiet.has(name) && name !== 'err')
    .map(([name, value]) => ` ${name}=${asText(value)}`);
  const time = String(line['time'] ?? '').slice(11, 23);
  const level = String(line['level'] ?? '').padEnd(5);
  return `${time} ${level} ${asText(line['service'] ?? '')}: ${asText(line['msg'] ?? '')}${rest.join('')}${stack}\n`;
};

/** Turns a logger's JSON lines, one or many at once, into lines for people; what is not JSON passes unchanged. */
export const prettyLines = (destination: DestinationStream): DestinationStream => ({
  write(lines: string): void {
    destination.write(
      lines
        .split(/(?<=\n)/)
        .map(reformatted)
        .join(''),
    );
  },
});

const reformatted = (line: string): string => {
  try {
    const parsed: unknown = JSON.parse(line);
    return parsed !== null && typeof parsed === 'object' ? prettyLine({ ...parsed }) : line;
  } catch {
    return line;
  }
};
