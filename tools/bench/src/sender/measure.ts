import { cpuSeconds, growth, residentMb, say, type Figure, type Point } from '../kit';
import { topics, type Phone } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { faultsIn, idealSeconds, secondsOf, type Accepted } from './check';
import type { Options, Part } from './options';
import type { Field, Pace } from './ground';
import { batchFor, phonesOf, type Round } from './workload';

export type Setting = {
  readonly field: Field;
  readonly publisher: Publisher;
};

const unlimited = 100_000;
const perPublish = 1_000;
const goals = { perSecond: 500, ideal: 1.2, residentMb: 300, mbPerMillion: 10 } as const;

const publishAll = async (publisher: Publisher, phones: readonly Phone[], round: Round): Promise<void> => {
  for (let from = 0; from < phones.length; from += perPublish) {
    const some = phones.slice(from, from + perPublish);
    await publisher.publish(
      topics.dialogEvents,
      some.map((phone) => ({ key: phone, value: batchFor(phone, round, new Date()) })),
    );
  }
};

/** How long may pass before what is missing counts as lost. */
const patienceMs = (asked: Pick<Options, 'phones' | 'texts' | 'pauseMs'>): number =>
  60_000 + 10_000 * idealSeconds(asked, goals.perSecond);

type Run = {
  readonly accepted: readonly Accepted[];
  readonly faults: readonly string[];
  readonly mostMb: number;
  readonly cpu: number;
};

const runPart = async (part: Part, options: Options, setting: Setting & { pace: Pace }): Promise<Run> => {
  const { field, publisher, pace } = setting;
  const { phones: count, texts } = options;
  const phones = phonesOf(part === 'rate' ? 0 : 1, count);
  await field.forget();
  await publishAll(publisher, phones, { version: 1, texts });
  say(`${part}: ${count} phones with ${texts} texts each`);
  const sender = await field.startSender(pace);
  let mostMb = 0;
  const watch = setInterval(() => (mostMb = Math.max(mostMb, residentMb(sender.pid))), 200);
  try {
    const asked = { phones: count, texts, pauseMs: pace.pauseMs };
    const accepted = await field.accepted(count * texts, patienceMs(asked));
    const faults = faultsIn(accepted, { phones, texts, pauseMs: pace.pauseMs });
    return { accepted, faults, mostMb, cpu: cpuSeconds(sender.pid) };
  } finally {
    clearInterval(watch);
    await sender.stop();
  }
};

const commonFigures = (part: Part, { accepted, faults, mostMb, cpu }: Run): readonly Figure[] => [
  {
    name: `${part}: texts lost, doubled, out of order or too soon`,
    value: faults.length,
    goal: { at: 'most', value: 0 },
  },
  { name: `${part}: resident memory, MB`, value: mostMb, goal: { at: 'most', value: goals.residentMb } },
  { name: `${part}: CPU seconds per 10,000 texts`, value: (cpu / accepted.length) * 10_000 },
];

/** As many as it can send, without a pause and without a limit. */
export const measureRate = async (options: Options, setting: Setting): Promise<readonly Figure[]> => {
  const run = await runPart('rate', options, { ...setting, pace: { perSecond: unlimited, pauseMs: 0 } });
  run.faults.slice(0, 5).forEach((fault) => say(fault));
  const perSecond = run.accepted.length / secondsOf(run.accepted);
  return [
    { name: 'rate: texts per second', value: perSecond, goal: { at: 'least', value: goals.perSecond } },
    ...commonFigures('rate', run),
  ];
};

/** Pauses and a limit, and how much longer it takes than they need. */
export const measurePace = async (options: Options, setting: Setting): Promise<readonly Figure[]> => {
  const { perSecond, pauseMs } = options;
  const run = await runPart('pace', options, { ...setting, pace: { perSecond, pauseMs } });
  run.faults.slice(0, 5).forEach((fault) => say(fault));
  const seconds = secondsOf(run.accepted);
  const ideal = idealSeconds(options, perSecond);
  return [
    { name: 'pace: seconds', value: seconds },
    { name: 'pace: times the ideal', value: seconds / ideal, goal: { at: 'most', value: goals.ideal } },
    ...commonFigures('pace', run),
  ];
};

/** One process, round after round of the same phones: resident megabytes on the way, and how much they grow. */
export const measureMemory = async (options: Options, setting: Setting): Promise<readonly Figure[]> => {
  const { field, publisher } = setting;
  const { phones: count, texts, total } = options;
  const phones = phonesOf(2, count);
  const points: Point[] = [];
  const faults: string[] = [];
  const sender = await field.startSender({ perSecond: unlimited, pauseMs: 0 });
  try {
    for (let version = 1; (version - 1) * count * texts < total; version += 1) {
      await field.forget();
      await publishAll(publisher, phones, { version, texts });
      const patience = patienceMs({ phones: count, texts, pauseMs: 0 });
      const accepted = await field.accepted(count * texts, patience);
      faults.push(...faultsIn(accepted, { phones, texts, pauseMs: 0 }));
      const sent = version * count * texts;
      points.push({ x: sent / 1_000_000, y: residentMb(sender.pid) });
      say(`memory: ${sent.toLocaleString('en-US')} texts, ${Math.round(points.at(-1)?.y ?? 0)} MB`);
    }
  } finally {
    await sender.stop();
  }
  faults.slice(0, 5).forEach((fault) => say(fault));
  return memoryFigures(points, faults);
};

const memoryFigures = (points: readonly Point[], faults: readonly string[]): readonly Figure[] => [
  {
    name: 'memory: texts lost, doubled or out of order',
    value: faults.length,
    goal: { at: 'most', value: 0 },
  },
  {
    name: 'memory: most resident MB',
    value: Math.max(...points.map(({ y }) => y)),
    goal: { at: 'most', value: goals.residentMb },
  },
  {
    name: 'memory: MB more per million texts',
    value: growth(points),
    goal: { at: 'most', value: goals.mbPerMillion },
  },
];
