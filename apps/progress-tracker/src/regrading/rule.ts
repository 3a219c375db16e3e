import { drillSlugSchema, commandRecord, timestampSchema, topics, type Command } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { figuresWithin } from '../figures/figures-within';
import type { RunFigures } from '../figures/run-figures';
import { given } from '../given';
import { derivedId } from '../operations/asked-command';
import { asJudged, type JudgedReply } from '../progress/judged-reply';
import { drillOfGroup, idOfGroup, isGroupIn, missedIn, type GroupedReply } from './reply-groups';
import type { NewRuling, Ruling, Rulings } from './rulings';
import type { Telling } from './telling';

/** What ruling works with. */
export type RegradingParts = {
  readonly figures: RunFigures;
  readonly rulings: Rulings;
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly telling: Telling;
};

/** What came of a ruling: so many replies are regraded. `keyReused`: its id stood for something else before. */
export type Ruled =
  | { readonly kind: 'ruled'; readonly ruling: Ruling; readonly regraded: number }
  | { readonly kind: 'notThere' }
  | { readonly kind: 'keyReused' };

type Judged = 'right' | 'wrong' | 'unclear';
const isJudged = (verdict: JudgedReply['verdict']): verdict is Judged =>
  verdict === 'right' || verdict === 'wrong' || verdict === 'unclear';

/** What a reply counts as by a ruling; undefined where that says nothing new of it. */
const nowBy = ({ verdict, number, at }: Ruling, group: string, reply: JudgedReply): Judged | undefined => {
  const isOlder = reply.ruling?.group === group && reply.ruling.number >= number;
  if (reply.at > at || isOlder) return undefined;
  if (verdict !== 'asJudged') return verdict;
  const judged = asJudged(reply);
  return reply.judged !== undefined && isJudged(judged) ? judged : undefined;
};

const commandOf = (
  { run, reply, place }: GroupedReply,
  group: string,
  ruling: Ruling,
): Command<'RegradeReply'> | undefined => {
  const now = nowBy(ruling, group, reply);
  const { verdict: was, response, prompt, attempt } = reply;
  if (now === undefined || response === null || !isJudged(was)) return undefined;
  return {
    type: 'RegradeReply',
    schemaVersion: 1,
    commandId: derivedId('regrade', group, `${ruling.number}`, run.runId, `${place}`),
    phone: run.phone,
    at: timestampSchema.parse(ruling.at.toISOString()),
    runId: run.runId,
    drill: drillSlugSchema.parse(run.drill),
    prompt,
    reply: place,
    ...given({ attempt }),
    response,
    was,
    now,
    ...(ruling.verdict === 'asJudged' && { withdrawn: true }),
    ruling: { group, number: ruling.number },
  };
};

type Scoped = Pick<Ruling, 'employers'>;

const runsOf = ({ figures }: RegradingParts, group: string, { employers }: Scoped) =>
  figuresWithin(figures, employers).runs({ drill: drillOfGroup(group) }, 'answers');

/* So many runs. */
const atOnce = 200;

/* Whoever gave the answer twice in a run is told once. */
const withTelling = async (
  commands: readonly Command<'RegradeReply'>[],
  { telling }: RegradingParts,
  at: Date,
): Promise<readonly Command<'RegradeReply'>[]> => {
  const [first, ...others] = commands;
  if (first === undefined || first.now !== 'right' || first.was === 'right') return commands;
  const delivery = await telling(first, at);
  return delivery === undefined ? commands : [{ ...first, delivery }, ...others];
};

/** Gives a command for each reply that the ruling is on; with the same ruling they are the same commands. */
const regrade = async (parts: RegradingParts, group: string, ruling: Ruling): Promise<number> => {
  let waiting: (readonly Command<'RegradeReply'>[])[] = [];
  let given = 0;
  const publish = async (): Promise<void> => {
    const commands = await Promise.all(waiting.map((own) => withTelling(own, parts, ruling.at)));
    waiting = [];
    const records = commands.flat().map(commandRecord);
    given += records.length;
    await parts.publisher.publish(topics.dialogCommands, records);
  };
  for await (const run of runsOf(parts, group, ruling)) {
    const own = missedIn(run).filter(({ shared }) => idOfGroup(shared) === group);
    const commands = own.flatMap((reply) => commandOf(reply, group, ruling) ?? []);
    if (commands.length > 0) waiting.push(commands);
    if (waiting.length >= atOnce) await publish();
  }
  if (waiting.length > 0) await publish();
  return given;
};

/**
 * Rules on all replies of a group that were judged so far, within the employers that the ruling is limited to. It is on
 * record before a command is given, so who asks again with its id when Kafka was away has the rest regraded. Throws
 * PublishFailed.
 */
export const rule = async (parts: RegradingParts, group: string, asked: NewRuling): Promise<Ruled> => {
  if (!(await isGroupIn(runsOf(parts, group, asked), group))) return { kind: 'notThere' };
  const ruling = await parts.rulings.add(group, asked);
  if (ruling.verdict !== asked.verdict || ruling.reason !== asked.reason) return { kind: 'keyReused' };
  return { kind: 'ruled', ruling, regraded: await regrade(parts, group, ruling) };
};
