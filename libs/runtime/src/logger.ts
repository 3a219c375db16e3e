import { type DestinationStream, type Logger, pino } from 'pino';
import { maskPhone } from './mask-phone';
import { prettyLines } from './pretty-lines';
import type { LogFormat, LogLevel } from './service-config';

export type { Logger } from 'pino';

export type LoggerOptions = {
  readonly level?: LogLevel;
  readonly format?: LogFormat;
  /** Where the lines go; standard output by default. */
  readonly destination?: DestinationStream;
};

const phones = ['phone', 'key', 'from', 'to', 'From', 'To'];
const words = ['text', 'body', 'Body', 'password', 'token', 'value', 'authorization'];
const headers = ['authorization', 'cookie', 'x-twilio-signature', 'x-api-key'];

const anywhere = (name: string): readonly string[] => [name, `*.${name}`, `*.*.${name}`];

const paths = [
  ...[...phones, ...words].flatMap(anywhere),
  ...headers.map((name) => `req.headers["${name}"]`),
];

const censor = (value: unknown, path: string[]): string =>
  phones.includes(path.at(-1) ?? '') && typeof value === 'string' ? maskPhone(value) : '[hidden]';

/** A logger that names its service, masks phones and never writes what people wrote. */
export const createLogger = (service: string, options: LoggerOptions = {}): Logger => {
  const settings = {
    level: options.level ?? 'info',
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string): object => ({ level: label }) },
    redact: { paths, censor },
  };
  const plain = options.destination ?? pino.destination({ fd: 1, sync: true });
  return pino(settings, options.format === 'pretty' ? prettyLines(plain) : plain);
};
