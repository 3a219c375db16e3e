import { type Logger, pino } from 'pino';
import { shown } from './hide-personal';

/** What a line says, one level deep: a look at the names of its fields is enough to know what must not be shown. */
export type FlatEntry = Readonly<Record<string, string | number | readonly string[] | undefined>>;

type Stream = { write(text: string): void };

const isStream = (found: unknown): found is Stream =>
  found !== null && typeof found === 'object' && 'write' in found && typeof found.write === 'function';

const streamOf = (logger: Logger): Stream => {
  const stream: unknown = Reflect.get(logger, pino.symbols.streamSym);
  if (isStream(stream)) return stream;
  throw new Error('a logger has nowhere to write to: pino keeps its stream elsewhere');
};

const fieldsOf = (entry: FlatEntry): string => {
  let fields = '';
  for (const name of Object.keys(entry)) {
    const value = shown(name, entry[name]);
    if (value !== undefined) fields += `,${JSON.stringify(name)}:${JSON.stringify(value)}`;
  }
  return fields;
};

/** Writes a line for each entry as `logger.info` would, all of them at once. */
export const writeLines = (logger: Logger, entries: readonly FlatEntry[], message: string): void => {
  if (entries.length === 0 || !logger.isLevelEnabled('info')) return;
  const time = new Date().toISOString();
  const head = JSON.stringify({ level: 'info', time, ...logger.bindings() }).slice(0, -1);
  const tail = `,"msg":${JSON.stringify(message)}}\n`;
  streamOf(logger).write(entries.map((entry) => head + fieldsOf(entry) + tail).join(''));
};
