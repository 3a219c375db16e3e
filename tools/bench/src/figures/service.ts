import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { freePort } from '@stopcovid/runtime';
import { apiKey, heapLimit, residentMb, say, type Figure, type Stage } from '../kit';
import type { Ground } from './ground';
import type { Options } from './options';
import { medianMs, told } from './questions';

/* What the dashboard asks for its first page. */
const overview = [
  '/v1/stats/completion?by=week',
  '/v1/stats/completion?by=unit',
  '/v1/stats/completion?by=drill',
  '/v1/employers?trainees=false',
  '/v1/drills',
];

/* What it asks for the page of replies to rule on: a month of all drills. */
const rulings = '/v1/regrading?from=2026-05-01&until=2026-06-01&limit=50';

const lookEveryMs = 50;

const answerOf = async (url: string): Promise<IncomingMessage> => {
  const asked = get(url, { headers: { authorization: `Bearer ${apiKey}` } });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`${url} answers ${answer.statusCode}`);
  return answer;
};

const bytesOf = async (answer: IncomingMessage): Promise<number> => {
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return bytes;
};

type Running = { readonly url: string; readonly pid: number };

/** All runs as a file. Throws where rows are missing. */
const fetchFile = async ({ url, pid }: Running, format: string, runs: number): Promise<readonly Figure[]> => {
  const idle = residentMb(pid);
  let most = idle;
  const timer = setInterval(() => (most = Math.max(most, residentMb(pid))), lookEveryMs);
  const since = performance.now();
  try {
    const answer = await answerOf(`${url}/v1/runs?format=${format}`);
    const bytes = await bytesOf(answer);
    const seconds = (performance.now() - since) / 1_000;
    const rows = Number(answer.trailers['x-row-count']);
    if (rows !== runs) throw new Error(`${format} has ${rows} rows of ${runs}`);
    say(`${format}: ${Math.round(bytes / 1_048_576)} MB`);
    return [
      told({
        name: `seconds for ${runs} runs as ${format}`,
        value: seconds,
        goal: { at: 'most', value: (60 * runs) / 1_000_000 },
      }),
      { name: `most resident memory meanwhile, MB`, value: most },
      told({
        name: `of it above what it was before, MB`,
        value: most - idle,
        goal: { at: 'most', value: 150 },
      }),
    ];
  } finally {
    clearInterval(timer);
  }
};

/** A tracker in a process of its own, asked over HTTP: the dashboard's first page, and all runs as files. */
export const measureService = async (
  stage: Stage,
  ground: Ground,
  { runs }: Options,
): Promise<readonly Figure[]> => {
  await stage.makeTopics();
  const service = await stage.start('progress-tracker', {
    ports: { tracker: await freePort() },
    env: { MONGODB_URL: ground.url, NODE_OPTIONS: heapLimit },
  });
  try {
    const page = () =>
      Promise.all(overview.map(async (path) => bytesOf(await answerOf(`${service.url}${path}`))));
    return [
      told({
        name: "the dashboard's first page, its questions at once, ms",
        value: await medianMs(page),
        goal: { at: 'most', value: 1_000 },
      }),
      told({
        name: 'a month of replies to rule on, ms',
        value: await medianMs(async () => bytesOf(await answerOf(`${service.url}${rulings}`))),
        goal: { at: 'most', value: 5_000 },
      }),
      ...(await fetchFile(service, 'csv', runs)),
      ...(await fetchFile(service, 'parquet', runs)),
    ];
  } finally {
    await service.stop();
  }
};
