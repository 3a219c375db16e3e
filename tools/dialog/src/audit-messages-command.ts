import { mongoMessageStore } from '@stopcovid/progress-tracker';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { auditMessages, type AuditOptions, type AuditParts } from './audit-messages';
import { carrierMessages } from './carrier-messages';
import { UsageError } from './exit';
import type { Stretch } from './newest-first';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import { durationTyped, sinceTyped, timeTyped, type Since } from './stretch-typed';
import type { Surroundings } from './surroundings';
import { twilioAccessFrom } from './twilio-access';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const settleMs = 15 * minuteMs;
const finalAfterMs = 6 * hourMs;

const numberTyped = (text: string, before: readonly string[]): readonly string[] => {
  if (!/^\+?\d{3,15}$/.test(text)) throw new InvalidArgumentError('It takes a number such as +12025550100.');
  return [...before, text];
};

const serviceTyped = (text: string, before: readonly string[]): readonly string[] => {
  if (!/^MG[0-9a-zA-Z]{32}$/.test(text))
    throw new InvalidArgumentError('It takes the sid of a messaging service: MG and 32 signs.');
  return [...before, text];
};

type Flags = Pick<ServerFlags, 'environment' | 'mongodb'> & {
  readonly since: Since;
  readonly until?: number;
  readonly settle?: number;
  readonly finalAfter?: number;
  readonly number: readonly string[];
  readonly messagingService: readonly string[];
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly full?: boolean;
};

const formOf = ({ csv, json }: Flags): 'text' | 'csv' | 'json' => {
  if (csv && json) throw new UsageError('Give --csv or --json, not both.');
  if (csv) return 'csv';
  return json ? 'json' : 'text';
};

/** The range that the flags name. Throws UsageError when it is empty or lies ahead. */
const rangeOf = ({ since, until, settle = settleMs }: Flags, now: number): Stretch => {
  const from = 'at' in since ? since.at : now - since.ago;
  const to = until ?? now - settle;
  if (to > now) throw new UsageError('--until lies ahead: only what is over can be compared');
  if (from >= to)
    throw new UsageError(
      `nothing to compare: the range would go from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`,
    );
  return { from, to };
};

type CarrierSide = Pick<AuditParts, 'carrier'> &
  Pick<AuditOptions, 'comparable' | 'canBeTrainee'> & { close(): void };

const carrierSide = async (environment: NodeJS.ProcessEnv): Promise<CarrierSide> => {
  const lib = await import('@stopcovid/twilio');
  const twilio = lib.connectTwilio(twilioAccessFrom(environment, lib));
  const { comparableText: comparable, canBeTrainee } = lib;
  return { carrier: carrierMessages(twilio, lib), comparable, canBeTrainee, close: twilio.close };
};

/** An option that may be given again and again; without it, all count. */
const several = (
  flags: string,
  description: string,
  typed: (text: string, before: readonly string[]) => readonly string[],
): Option => new Option(flags, description).argParser(typed).default([], 'all');

const help = `
Kinds of findings: lost (one side lacks it), doubled, unknown (sent by somebody else), neverFinal, disagreement.
Twilio: TWILIO_ACCOUNT_SID, and TWILIO_AUTH_TOKEN or TWILIO_API_KEY_SID with TWILIO_API_KEY_SECRET; TWILIO_API_URL.`;

/** `dialog audit-messages`: our message log against the carrier's. */
export const addAuditMessages = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('audit-messages')
    .requiredOption('--since <time>', 'from here on: a time, or 24h for a day back', sinceTyped)
    .option('--until <time>', 'up to here (default: now, less --settle)', timeTyped)
    .option('--settle <duration>', 'younger messages may still be on their way (default: 15m)', durationTyped)
    .option('--final-after <duration>', 'when a last status is due (default: 6h)', durationTyped)
    .addOption(several('--number <number>', 'only this number of ours; again for more', numberTyped))
    .addOption(
      several('--messaging-service <sid>', 'only this service of ours; again for more', serviceTyped),
    )
    .option('--csv', 'comma-separated values')
    .option('--json', 'one JSON object a line, the summary last')
    .option('--full', 'phones as they are: personal data')
    .addHelpText('after', help);
  withMongoOptions(command).action(async (flags: Flags) => {
    const now = new Date();
    const settings = {
      range: rangeOf(flags, now.getTime()),
      now,
      form: formOf(flags),
      full: flags.full ?? false,
      finalAfterMs: flags.finalAfter ?? finalAfterMs,
      numbers: flags.number,
      services: flags.messagingService,
    };
    const { carrier, comparable, canBeTrainee, close } = await carrierSide(surroundings.environment);
    try {
      surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
        auditMessages(
          { store: await mongoMessageStore(mongo), carrier, terminal: surroundings.terminal },
          { ...settings, comparable, canBeTrainee },
        ),
      );
    } finally {
      close();
    }
  });
};
