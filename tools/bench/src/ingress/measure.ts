import { cpuSeconds, growth, median, percentile, residentMb, say, type Figure, type Point } from '../kit';
import type { Options } from './options';
import type { Contestant } from './contestants';
import { sendAll, sendPaced, type Requests } from './load';
import { forgedWebhook, signedStatus, signedWebhook } from './webhooks';

type Making = (index: number) => Buffer;

/** Webhooks per second, and the CPU seconds of the server for ten thousand of them. */
export type Rate = { readonly perSecond: number; readonly cpuPer10k: number };
export type Rates = { readonly ours: Rate; readonly bare: Rate };

/** Made before time runs: signing is the sender's work. */
const listed = (count: number, make: Making): Requests => {
  const made = Array.from({ length: count }, (_, index) => make(index));
  return () => made.pop();
};

const rateOf = async (contestant: Contestant, { requests, connections }: Options): Promise<Rate> => {
  const next = listed(requests, (index) => signedWebhook(contestant.sender, index));
  const before = cpuSeconds(contestant.pid);
  const seconds = await sendAll({ port: contestant.port, connections, next, expected: 200 });
  const used = cpuSeconds(contestant.pid) - before;
  return { perSecond: requests / seconds, cpuPer10k: (used / requests) * 10_000 };
};

const middleOf = (rates: readonly Rate[]): Rate => ({
  perSecond: median(rates.map(({ perSecond }) => perSecond)),
  cpuPer10k: median(rates.map(({ cpuPer10k }) => cpuPer10k)),
});

/** Both in turn, so that what else the machine does strikes both. The first round only warms up. */
export const measureRates = async (
  [ours, bare]: readonly [Contestant, Contestant],
  options: Options,
): Promise<Rates> => {
  const found: { readonly ours: Rate; readonly bare: Rate }[] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const rates = { bare: await rateOf(bare, options), ours: await rateOf(ours, options) };
    say(
      `${round === 0 ? 'warming up' : `round ${round}`}: bare ${Math.round(rates.bare.perSecond)}/s, ours ${Math.round(rates.ours.perSecond)}/s`,
    );
    if (round > 0) found.push(rates);
  }
  return {
    ours: middleOf(found.map((rates) => rates.ours)),
    bare: middleOf(found.map((rates) => rates.bare)),
  };
};

export const rateFigures = ({ ours, bare }: Rates): readonly Figure[] => [
  {
    name: 'webhooks per second, ours / bare route',
    value: ours.perSecond / bare.perSecond,
    goal: { at: 'least', value: 0.4 },
  },
  { name: 'CPU seconds, ours / bare route', value: ours.cpuPer10k / bare.cpuPer10k },
];

const pacedSeconds = 20;

/** At half of the rate just measured. */
export const measureLatency = async (ours: Contestant, { perSecond }: Rate): Promise<readonly Figure[]> => {
  const half = Math.round(perSecond / 2);
  say(`${half} webhooks per second for ${pacedSeconds} s`);
  const requests = Array.from({ length: half * pacedSeconds }, (_, index) =>
    signedWebhook(ours.sender, index),
  );
  const times = await sendPaced({ port: ours.port, perSecond: half, requests });
  return [
    { name: 'latency at half load, p50 in ms', value: percentile(times, 50) },
    {
      name: 'latency at half load, p99 in ms',
      value: percentile(times, 99),
      goal: { at: 'most', value: 50 },
    },
  ];
};

/* A day of a thousand trainees at full load: of nine webhooks two are texts, the others tell of texts of ours. */
const trickle = { perSecond: 350, seconds: 20, ofNine: 2 };

/** The webhooks of a day at their pace: what one costs where few come at a time. */
export const measureTrickle = async (
  ours: Contestant,
  servers: { readonly kafka?: number } = {},
): Promise<readonly Figure[]> => {
  const { perSecond, seconds, ofNine } = trickle;
  say(`${perSecond} webhooks of a day per second for ${seconds} s`);
  const requests = Array.from({ length: perSecond * seconds }, (_, index) =>
    index % 9 < ofNine ? signedWebhook(ours.sender, index) : signedStatus(ours.sender, index),
  );
  const used = (pid: number | undefined): number => (pid === undefined ? NaN : cpuSeconds(pid));
  const [own, broker] = [used(ours.pid), used(servers.kafka)];
  const times = await sendPaced({ port: ours.port, perSecond, requests });
  const per10k = (cpu: number): number => (cpu / requests.length) * 10_000;
  return [
    { name: 'CPU seconds per 10,000 webhooks of a day', value: per10k(used(ours.pid) - own) },
    { name: 'the same, of Kafka', value: per10k(used(servers.kafka) - broker) },
    { name: 'until such a webhook is answered, p50 in ms', value: percentile(times, 50) },
  ];
};

const steps = 20;

/** Forged webhooks, each of another phone: resident megabytes on the way, and how much they grow. */
export const measureMemory = async (
  ours: Contestant,
  { forged, connections }: Options,
): Promise<readonly Figure[]> => {
  const points: Point[] = [];
  let sent = 0;
  for (let step = 1; step <= steps; step += 1) {
    const until = Math.round((forged * step) / steps);
    const next: Requests = () => (sent < until ? forgedWebhook(ours.sender, (sent += 1)) : undefined);
    await sendAll({ port: ours.port, connections, next, expected: 403 });
    points.push({ x: sent / 1_000_000, y: residentMb(ours.pid) });
    say(`${sent.toLocaleString('en-US')} forged: ${Math.round(points.at(-1)?.y ?? 0)} MB`);
  }
  return [
    { name: 'resident MB at the end', value: points.at(-1)?.y ?? NaN },
    { name: 'MB more per million forged', value: growth(points), goal: { at: 'most', value: 10 } },
  ];
};
