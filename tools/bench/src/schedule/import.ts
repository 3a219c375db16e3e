import { kafkaPublisher, topicOffsets } from '@stopcovid/kafka';
import { importTrainees, mongoProgressStore } from '@stopcovid/progress-tracker';
import { cpuSeconds, residentMb, say, type Figure } from '../kit';
import type { openGround } from './due';
import type { Options } from './options';
import { phoneAt } from './trainees';

type Ground = Awaited<ReturnType<typeof openGround>>;

const rowsAtOnce = 500;
const heading =
  'phone,name,language,time_zone,employer_id,unit_id,person_id,labels,date_hired,consent_source,consent_on';

/* Each of them wrong in its own way. */
const wrong: readonly ((index: number) => string)[] = [
  (index) => `1.2E+10,Ann ${index},en,America/New_York,acme,,p${index},,2026-01-05,signed form,2026-01-05`,
  (index) => `${phoneAt(index)},Ann ${index},en,EST,acme,,p${index},,2026-01-05,signed form,2026-01-05`,
  (index) =>
    `${phoneAt(index)},Ann ${index},en,America/New_York,acme,,p${index},,2026-02-30,signed form,2026-01-05`,
  (index) => `${phoneAt(index)},Ann ${index},en,America/New_York,acme,,p${index},,2026-01-05,,`,
  () => `${phoneAt(0)},Ann again,en,America/New_York,acme,,p,,2026-01-05,signed form,2026-01-05`,
];
const wrongEvery = 100;

const isWrong = (index: number): boolean => index % wrongEvery === wrongEvery - 1;

const rowAt = (index: number): string => {
  const mistake = isWrong(index) ? wrong[Math.floor(index / wrongEvery) % wrong.length] : undefined;
  if (mistake !== undefined) return mistake(index);
  return `${phoneAt(index)},"Müller, Ann ${index}",es,America/Chicago,acme,kitchen,p${index},night;new,2026-01-05,signed form,2026-01-05`;
};

async function* fileOf(rows: number): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(`\ufeff${heading}\r\n`));
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const length = Math.min(rowsAtOnce, rows - from);
    yield Buffer.from(Array.from({ length }, (_, index) => `${rowAt(from + index)}\r\n`).join(''));
  }
}

/** The whole of an import, with every hundredth row wrong: read, checked against the store, and on the topic. */
export const measureImport = async (
  { stage, connection, topic }: Ground,
  { rows }: Options,
): Promise<readonly Figure[]> => {
  const onTopic = async (): Promise<number> =>
    (await topicOffsets(stage.kafka, topic)).reduce((sum, { end }) => sum + Number(BigInt(end)), 0);
  const publisher = kafkaPublisher(stage.kafka);
  stage.endWith(() => publisher.close());
  const store = await mongoProgressStore(connection);
  const before = await onTopic();
  const lines = new Set<number>();
  let mostMb = 0;
  const [since, cpuBefore] = [performance.now(), cpuSeconds(process.pid)];
  say(`${rows.toLocaleString('en-US')} rows are imported`);
  const counts = await importTrainees(
    { bytes: fileOf(rows), dryRun: false },
    {
      store,
      publisher: { publish: (_topic, records) => publisher.publish(topic, records) },
      now: () => new Date(),
      onReject: ({ line }) => void lines.add(line),
      onProgress: () => (mostMb = Math.max(mostMb, residentMb(process.pid))),
    },
  );
  const seconds = (performance.now() - since) / 1_000;
  const cpu = cpuSeconds(process.pid) - cpuBefore;
  const expected = Array.from({ length: rows }, (_, index) => index).filter(isWrong);
  /* The heading is line 1. */
  const misjudged =
    expected.filter((index) => !lines.has(index + 2)).length + Math.abs(lines.size - expected.length);
  const missing = Math.abs(rows - expected.length - ((await onTopic()) - before));
  return [
    { name: `seconds to import ${rows} rows`, value: seconds, goal: { at: 'most', value: 60 } },
    { name: 'rows a second', value: counts.rows / seconds },
    { name: 'CPU seconds for 10,000 rows, making the file among them', value: (cpu * 10_000) / rows },
    {
      name: `rows misjudged, of ${expected.length} wrong ones`,
      value: misjudged,
      goal: { at: 'most', value: 0 },
    },
    { name: 'good rows not on the topic, or twice', value: missing, goal: { at: 'most', value: 0 } },
    { name: 'most resident memory of the whole benchmark, MB', value: mostMb },
  ];
};
