import { commandRecord, topics, type CommandId, type DialogCommand, type Phone } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { writeCommand, type Action } from './action';
import { askedId, fingerprintOf, type AskedCommand } from './asked-command';
import type { CommandRecords } from './command-records';
import { obstaclesTo, type Circumstances, type Obstacle } from './forecast';
import { standOf, type StandParts } from './standing-of';

/** Who asks for what, on whom. `key` makes asking again harmless: the same key and content are one command. */
export type Request = {
  readonly phone: Phone;
  readonly action: Action;
  readonly by: string;
  readonly key?: string | undefined;
  /** Where what is asked for has an id of its own. */
  readonly commandId?: CommandId | undefined;
};

/** What asking works with. */
export type AskParts = StandParts & {
  readonly records: CommandRecords;
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly knowsDrill?: Circumstances['knowsDrill'];
  readonly now: () => Date;
};

type Refusal =
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'hindered'; readonly obstacles: readonly Obstacle[] };

/** What came of asking. `keyReused`: the same key stood for something else before. */
export type Answer =
  | { readonly kind: 'accepted'; readonly asked: AskedCommand }
  | { readonly kind: 'keyReused' }
  | Refusal;

/** What would come of asking. */
export type Forecast = { readonly kind: 'possible'; readonly command: DialogCommand } | Refusal;

const idOf = ({ by, key, commandId }: Request): CommandId => commandId ?? askedId(by, key);

const consider = async (request: Request, parts: AskParts): Promise<Forecast> => {
  const { phone, action, by } = request;
  const { knowsDrill } = parts;
  const at = parts.now();
  const stand = await standOf(parts, phone, at);
  const obstacles = obstaclesTo(action, { stand, ...(knowsDrill === undefined ? {} : { knowsDrill }) });
  const hindered: Refusal = { kind: 'hindered', obstacles };
  if (obstacles.some(({ code }) => code === 'nothingOpen')) return hindered;
  const written = writeCommand(action, { commandId: idOf(request), phone, at, by }, stand);
  if (!written.ok) return { kind: 'invalid', problems: written.problems };
  return obstacles.length > 0 ? hindered : { kind: 'possible', command: written.command };
};

/** What would be published, or why not. Changes nothing. */
export const forecast = consider;

const publish = (command: DialogCommand, { publisher }: AskParts): Promise<void> =>
  publisher.publish(topics.dialogCommands, [commandRecord(command)]);

/* Nobody knows whether the first asking got as far as the topic; the engine decides an id once. */
const again = async (asked: AskedCommand, request: Request, parts: AskParts): Promise<Answer> => {
  if (asked.fingerprint !== fingerprintOf(request.phone, request.action)) return { kind: 'keyReused' };
  if (asked.fate.state !== 'accepted') return { kind: 'accepted', asked };
  const stand = await standOf(parts, request.phone, asked.at);
  const written = writeCommand(request.action, asked, stand);
  if (written.ok) await publish(written.command, parts);
  return { kind: 'accepted', asked };
};

/**
 * Asks the engine for an action, and keeps on record who did and what becomes of it. It is on record before it is on
 * the topic, so that its decision always finds it. Throws PublishFailed when Kafka is away: with the same key it can
 * be asked again.
 */
export const ask = async (request: Request, parts: AskParts): Promise<Answer> => {
  const { phone, action, by } = request;
  if (request.key !== undefined || request.commandId !== undefined) {
    const before = await parts.records.of(idOf(request));
    if (before !== undefined) return again(before, request, parts);
  }
  const considered = await consider(request, parts);
  if (considered.kind !== 'possible') return considered;
  const { command } = considered;
  const asked = await parts.records.accept({
    commandId: command.commandId,
    type: command.type,
    phone,
    at: new Date(command.at),
    by,
    fingerprint: fingerprintOf(phone, action),
    fate: { state: 'accepted' },
  });
  if (asked.fingerprint !== fingerprintOf(phone, action)) return { kind: 'keyReused' };
  await publish(command, parts);
  return { kind: 'accepted', asked };
};
