import { cpuSeconds, residentMb, type Figure } from '@stopcovid/bench-kit';
import { topics, type Phone } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { faultsIn, idealSeconds, secondsOf, type Accepted } from './check';
import type { Field, Pace } from './ground';
import type { Options, Part } from './options';
import { batchFor, phonesOf } from './workload';

export type Setting = {
  readonly field: Field;
  readonly publisher: Publisher;
  readonly say: (line: string) => void;
};

const unlimited = 100_000;
const perPublish = 1_000;
const goals = { perSecond: 500, ideal: 1.2, residentMb: 300 } as const;

const publishAll = async (publisher: Publisher, phones: readonly Phone[], texts: number): Promise<void> => {
  for (let from = 0; from < phones.length; from += perPublish) {
    const some = phones.slice(from, from + perPublish);
    await publisher.publish(
      topics.dialogEvents,
      some.map((phone) => ({ key: phone, value: batchFor(phone, texts, new Date()) })),
    );
  }
};

type Run = {
  readonly accepted: readonly Accepted[];
  readonly faults: readonly string[];
  readonly mostMb: number;
  readonly cpu: number;
};

const runPart = async (part: Part, options: Options, setting: Setting & { pace: Pace }): Promise<Run> => {
  const { field, publisher, say, pace } = setting;
  const { phones: count, texts } = options;
  const phones = phonesOf(part === 'rate' ? 0 : 1, count);
  await field.forget();
  await publishAll(publisher, phones, texts);
  say(`${part}: ${count} phones with ${texts} texts each`);
  const sender = await field.startSender(pace);
  let mostMb = 0;
  const watch = setInterval(() => (mostMb = Math.max(mostMb, residentMb(sender.pid))), 200);
  try {
    const limitMs =
      60_000 + 10_000 * idealSeconds({ phones: count, texts, pauseMs: pace.pauseMs }, goals.perSecond);
    const accepted = await field.accepted(count * texts, limitMs);
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
  run.faults.slice(0, 5).forEach(setting.say);
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
  run.faults.slice(0, 5).forEach(setting.say);
  const seconds = secondsOf(run.accepted);
  const ideal = idealSeconds(options, perSecond);
  return [
    { name: 'pace: seconds', value: seconds },
    { name: 'pace: times the ideal', value: seconds / ideal, goal: { at: 'most', value: goals.ideal } },
    ...commonFigures('pace', run),
  ];
};
