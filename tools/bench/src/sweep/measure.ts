import { readFileSync } from 'node:fs';
import { cpuSeconds, say, type Figure, type Stage } from '../kit';
import { decodeCommand, topics } from '@stopcovid/contracts';
import { readTopic, topicOffsets, type KafkaConnection } from '@stopcovid/kafka';
import type { RunningService } from '@stopcovid/stack';
import { compared, sweepsIn, type Comparison } from './check';
import type { Options } from './options';
import { listedBy, startIngress } from './ground';
import { slowList } from './outage';
import { Watching } from './watching';

export type Setting = {
  readonly stage: Stage;
  readonly carrierUrl: string;
};

const goals = { seconds: 600, residentMb: 300 } as const;
const pageSize = 1_000;

const onTopic = async (kafka: KafkaConnection): Promise<number> => {
  const ends = await topicOffsets(kafka, topics.dialogCommands);
  return ends.reduce((sum, { first, end }) => sum + Number(BigInt(end) - BigInt(first)), 0);
};

/** What was seen while the service swept twice. */
type Seen = {
  readonly seconds: number;
  readonly secondSweepSeconds: number;
  /** Commands that came onto the topic after the first sweep. */
  readonly later: number;
  readonly mostMb: number;
  readonly cpu: number;
};

const seconds = (sinceMs: number): number => (performance.now() - sinceMs) / 1_000;

/** Twice what it should take at most, and what the carrier takes for its pages. */
const limitMsOf = ({ texts, pageMs }: Options): number =>
  goals.seconds * 2_000 + Math.ceil(texts / pageSize) * pageMs * 2;

const sweepTwice = async (options: Options, { stage, carrierUrl }: Setting): Promise<Seen> => {
  const since = performance.now();
  const ingress = await startIngress(stage, carrierUrl);
  const watching = new Watching(ingress);
  const limitMs = limitMsOf(options);
  try {
    let there = 0;
    const allThere = async (): Promise<boolean> => (there = await onTopic(stage.kafka)) >= options.texts;
    const tell = (): string =>
      there === 0
        ? 'the list is being read'
        : `${there.toLocaleString('en-US')} of ${options.texts.toLocaleString('en-US')} are on the topic`;
    await watching.until(allThere, { tell, limitMs });
    const took = seconds(since);
    say(`all are on the topic after ${took.toFixed(1)} s; a second sweep follows`);
    const secondSweepSeconds = await secondSweep(ingress, watching, limitMs);
    const later = (await onTopic(stage.kafka)) - there;
    return {
      seconds: took,
      secondSweepSeconds,
      later,
      mostMb: watching.mostMb,
      cpu: cpuSeconds(ingress.pid),
    };
  } finally {
    watching.stop();
    await ingress.stop();
  }
};

/** Resolves with the seconds that it took. */
const secondSweep = async (
  { logFile }: RunningService,
  watching: Watching,
  limitMs: number,
): Promise<number> => {
  const sweeps = () => sweepsIn(readFileSync(logFile, 'utf8'));
  const tell = (): string => 'the list is being read again';
  await watching.until(() => Promise.resolve(sweeps().length >= 2), { tell, limitMs });
  return (sweeps()[1]?.tookMs ?? Number.NaN) / 1_000;
};

/** How often each text stands on the topic. */
const producedOn = async (kafka: KafkaConnection): Promise<ReadonlyMap<string, number>> => {
  const times = new Map<string, number>();
  await readTopic(kafka, { topic: topics.dialogCommands }, (records) => {
    for (const { value } of records) {
      const read = value === null ? undefined : decodeCommand(value);
      if (read?.ok) times.set(read.value.commandId, (times.get(read.value.commandId) ?? 0) + 1);
    }
  });
  return times;
};

const figuresOf = (texts: number, seen: Seen, { missing, doubled }: Comparison): readonly Figure[] => [
  {
    name: 'seconds until all are on the topic, from the start of the process',
    value: seen.seconds,
    goal: { at: 'most', value: goals.seconds },
  },
  { name: 'texts a second', value: texts / seen.seconds },
  { name: 'missing on the topic', value: missing, goal: { at: 'most', value: 0 } },
  { name: 'more than once on the topic', value: doubled, goal: { at: 'most', value: 0 } },
  { name: 'produced by a second sweep', value: seen.later, goal: { at: 'most', value: 0 } },
  { name: 'seconds of the second sweep', value: seen.secondSweepSeconds },
  {
    name: 'most resident memory of sms-ingress, MB',
    value: seen.mostMb,
    goal: { at: 'most', value: goals.residentMb },
  },
  { name: 'CPU seconds of both sweeps', value: seen.cpu },
];

/** Lets the service come back to the outage's texts, and compares the carrier's list with the topic. */
export const measureSweep = async (options: Options, setting: Setting): Promise<readonly Figure[]> => {
  await slowList(setting.carrierUrl, options.pageMs);
  const seen = await sweepTwice(options, setting);
  await slowList(setting.carrierUrl, 0);
  say('comparing the list with the topic');
  const listed = await listedBy(setting.carrierUrl);
  const comparison = compared(listed, await producedOn(setting.stage.kafka));
  return figuresOf(options.texts, seen, comparison);
};
