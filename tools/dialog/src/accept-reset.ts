import {
  topicOffsets,
  type KafkaConnection,
  type PartitionEnds,
  type ResettableCheckpoints,
} from '@stopcovid/kafka';
import { mayDo } from './ask';
import { exitCodes, type ExitCode } from './exit';
import { tableOf } from './table';
import type { Terminal } from './terminal';

/** A partition as it is, and how far the engine had decided it. */
export type Stand = PartitionEnds & { readonly decided: string | undefined };

/** Does the partition end before what was decided of it? Then it is not the one that it was. */
export const isMadeAnew = ({ end, decided }: Stand): boolean =>
  decided !== undefined && BigInt(end) < BigInt(decided);

const tableOfStands = (stands: readonly Stand[]): readonly string[] =>
  tableOf(
    ['partition', 'begins', 'ends', 'decided up to', 'state'],
    stands.map((stand) => [
      String(stand.partition),
      stand.first,
      stand.end,
      stand.decided ?? '-',
      isMadeAnew(stand) ? 'was made anew; the engine has stopped it' : '',
    ]),
  );

const jsonOfStand = (stand: Stand): string => JSON.stringify({ ...stand, madeAnew: isMadeAnew(stand) });

export type ResetParts = {
  readonly kafka: KafkaConnection;
  readonly checkpoints: Pick<ResettableCheckpoints, 'read' | 'forget'>;
  readonly terminal: Terminal;
};
export type ResetOptions = {
  readonly topic: string;
  readonly yes: boolean;
  /** Also when no partition shows that the topic was made anew. */
  readonly anyway: boolean;
  readonly json: boolean;
};

/** Lets the engine begin again with a topic that was deleted and made anew. */
export const acceptReset = async (
  { kafka, checkpoints, terminal }: ResetParts,
  { topic, yes, anyway, json }: ResetOptions,
): Promise<ExitCode> => {
  const ends = await topicOffsets(kafka, topic);
  const stands = await Promise.all(
    ends.map(async (own) => ({ ...own, decided: await checkpoints.read(topic, own.partition) })),
  );
  for (const line of json ? stands.map(jsonOfStand) : tableOfStands(stands)) terminal.out(line);
  const anew = stands.filter(isMadeAnew);
  if (anew.length === 0 && !anyway) {
    terminal.err(`no partition of ${topic} ends before what was decided of it: there is nothing to accept`);
    return exitCodes.ok;
  }
  const question =
    `Was ${topic} made anew on purpose? Then the engine forgets how far it had come and begins at the start of each ` +
    'partition; what stood in the old topic and was not decided is lost.';
  if (!(await mayDo(question, yes, terminal))) return exitCodes.problems;
  for (const { partition } of stands) await checkpoints.forget(topic, partition);
  terminal.err(`${topic}: accepted; a running engine goes on within seconds`);
  return exitCodes.ok;
};
