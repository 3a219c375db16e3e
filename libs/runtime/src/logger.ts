import { type DestinationStream, type Logger, pino } from 'pino';
import { hidePersonal, personalNames, shown } from './hide-personal';
import { prettyLines } from './pretty-lines';
import type { LogFormat, LogLevel } from './service-config';

export type { Logger } from 'pino';

export type LoggerOptions = {
  readonly level?: LogLevel;
  readonly format?: LogFormat;
  /** Where the lines go; standard output by default. */
  readonly destination?: DestinationStream;
};

const headers = ['authorization', 'cookie', 'x-twilio-signature', 'x-api-key'];

/*
 * What serializers make of errors and requests is not there yet when a line's own fields are looked through, and what
 * a child is bound to is not looked through at all.
 */
const paths = [
  ...personalNames,
  ...['err', 'req', 'res'].flatMap((part) =>
    personalNames.flatMap((name) => [`${part}.${name}`, `${part}.*.${name}`]),
  ),
  ...headers.map((name) => `req.headers["${name}"]`),
];

const censor = (value: unknown, path: string[]): unknown => {
  const name = path.at(-1) ?? '';
  return personalNames.includes(name) ? shown(name, value) : '[hidden]';
};

/** A logger that names its service, masks phones and never writes what people wrote. */
export const createLogger = (service: string, options: LoggerOptions = {}): Logger => {
  const settings = {
    level: options.level ?? 'info',
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string): object => ({ level: label }),
      log: (entry: Record<string, unknown>): Record<string, unknown> => ({ ...hidePersonal(entry) }),
    },
    redact: { paths, censor },
  };
  const plain = options.destination ?? pino.destination({ fd: 1, sync: true });
  return pino(settings, options.format === 'pretty' ? prettyLines(plain) : plain);
};
