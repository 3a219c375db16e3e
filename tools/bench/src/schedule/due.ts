import { setTimeout as pause } from 'node:timers/promises';
import { createTopics, topicOffsets } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import { mongoPhoneSchedules } from '@stopcovid/progress-tracker';
import { percentile, say, type Figure, type Stage } from '../kit';
import { ClockRun } from './clock-run';
import type { Options } from './options';
import { finishedYesterday, partitions, phoneAt } from './trainees';

/** Nine o'clock in New York. */
export const nine = Date.parse('2026-06-10T13:00Z');
const minuteMs = 60_000;
const perWrite = 5_000;
const hourMs = 60 * minuteMs;
const retentionMs = 6 * hourMs;
const maxMessageBytes = 1_048_576;

type Connection = Awaited<ReturnType<typeof connectMongo>>;
type Ground = {
  readonly stage: Stage;
  readonly url: string;
  readonly connection: Connection;
  readonly topic: string;
};

const silent = { info: () => undefined, warn: () => undefined };

/** An empty database and a topic of this run's own. */
export const openGround = async (stage: Stage): Promise<Ground> => {
  const url = stage.databaseUrl(`bench_schedule_${process.pid}`);
  const connection = await connectMongo({ url, appName: 'bench-schedule', logger: silent });
  stage.endWith(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  const topic = `bench.schedule.${process.pid}`;
  await createTopics(stage.kafka, [{ topic, partitions, retentionMs, maxMessageBytes }]);
  return { stage, url, connection, topic };
};

const fill = async ({ connection }: Ground, trainees: number): Promise<void> => {
  const phones = await mongoPhoneSchedules(connection);
  for (let from = 0; from < trainees; from += perWrite) {
    const length = Math.min(perWrite, trainees - from);
    const written = Array.from({ length }, (_, index) => finishedYesterday(phoneAt(from + index), nine));
    await phones.save(written.map((next) => ({ before: undefined, next })));
  }
  say(`${trainees.toLocaleString('en-US')} documents are there`);
};

type Hands = { readonly startsAt: number; readonly spreadMinutes?: number };

const running = async <T>(
  { stage, url, topic }: Ground,
  { startsAt, spreadMinutes = 0 }: Hands,
  work: (run: ClockRun) => Promise<T>,
): Promise<T> => {
  const run = new ClockRun({ mongodbUrl: url, kafka: stage.kafka, topic, spreadMinutes, startsAt });
  stage.endWith(() => run.end());
  try {
    return await work(run);
  } finally {
    await run.end();
  }
};

const onTopic = async ({ stage, topic }: Ground): Promise<number> =>
  (await topicOffsets(stage.kafka, topic)).reduce((sum, { end }) => sum + Number(BigInt(end)), 0);

/** All phones, once each, at such a time; as figures. */
const workOff = (ground: Ground, trainees: number, about: Hands & { readonly what: string }) =>
  running(ground, about, async (run): Promise<readonly Figure[]> => {
    await run.until(() => run.looks > 0);
    const [first, before] = [run.phones, run.cpu];
    await run.until(() => run.phones >= trainees);
    const cpu = run.cpu - before;
    return [
      {
        name: `phones ${about.what} a second, of ${trainees}`,
        value: run.perSecond(first),
        goal: { at: 'least', value: 5_000 },
      },
      { name: 'CPU seconds of the clock for 10,000 of them', value: (cpu * 10_000) / (trainees - first) },
      { name: 'most resident memory meanwhile, MB', value: run.mostMb, goal: { at: 'most', value: 300 } },
    ];
  });

const idle = (ground: Ground, { trainees, idleSeconds }: Options) =>
  running(ground, { startsAt: nine - 90 * minuteMs }, async (run): Promise<readonly Figure[]> => {
    await run.until(() => run.looks > 2);
    const [before, since] = [run.cpu, performance.now()];
    await pause(idleSeconds * 1_000);
    const share = (run.cpu - before) / ((performance.now() - since) / 1_000);
    if (run.phones > 0) throw new Error(`${run.phones} phones were due in an idle time`);
    return [
      {
        name: `per cent of a core with ${trainees} plans ahead, over ${idleSeconds} s`,
        value: 100 * share,
        goal: { at: 'most', value: 1 },
      },
    ];
  });

/** Planned, then idle, then claimed at nine; what is on the topic is counted. */
export const measureDue = async (ground: Ground, options: Options): Promise<readonly Figure[]> => {
  const { trainees } = options;
  await fill(ground, trainees);
  const planned = await workOff(ground, trainees, { what: 'planned', startsAt: nine - 120 * minuteMs });
  const idled = await idle(ground, options);
  const before = await onTopic(ground);
  const claimed = await workOff(ground, trainees, { what: 'claimed', startsAt: nine });
  const commands = (await onTopic(ground)) - before;
  return [
    ...planned,
    ...idled,
    ...claimed,
    {
      name: 'phones without a command, or with two',
      value: Math.abs(trainees - commands),
      goal: { at: 'most', value: 0 },
    },
  ];
};

/** How late commands are where a few a second come due and nothing else is to be done. */
export const measureLateness = async (
  ground: Ground,
  { latePhones }: Options,
): Promise<readonly Figure[]> => {
  await ground.connection.dropDatabase();
  await fill(ground, latePhones);
  const spread = { spreadMinutes: 1 };
  await running(ground, { startsAt: nine - 60 * minuteMs, ...spread }, (run) =>
    run.until(() => run.phones >= latePhones),
  );
  return running(ground, { startsAt: nine - 5_000, ...spread }, async (run): Promise<readonly Figure[]> => {
    await run.until(() => run.lateMs.length >= latePhones);
    return [50, 99].map((percent) => ({
      name: `lateness of ${latePhones} within a minute, p${percent}, seconds`,
      value: percentile(run.lateMs, percent) / 1_000,
      ...(percent === 99 && { goal: { at: 'most' as const, value: 2 } }),
    }));
  });
};
