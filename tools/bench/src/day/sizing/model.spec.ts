import { topics } from '@stopcovid/contracts';
import { constantsOf, parts, services } from './constants';
import { topicDays, type Drivers } from './drivers';
import { dayOf } from './figures.testkit';
import { drillsPerYear, sizesOf, type Sizes } from './model';

const constants = constantsOf([dayOf({ trainees: 1_000 }), dayOf({ trainees: 10_000, extraMb: 10 })]);

const drivers: Drivers = {
  trainees: 100_000,
  dueShare: 0.5,
  deliveryDaysPerYear: 240,
  textsPerDrill: { in: 4, out: 6 },
  answerMinutes: 90,
  zones: 3,
  segmentsPerText: 2,
  pricePerSegment: 0.01,
  accountRate: 50,
  topicDays,
  documentDays: Infinity,
  copies: { topics: 3, documents: 3 },
};

const sizes = (change: Partial<Drivers> = {}): Sizes => sizesOf({ ...drivers, ...change }, constants);

/* All that a deployment needs, as numbers, but for the memory of a process: more processes have less of it each. */
const flat = ({ cores, replicas, memoryMb: _memory, ...rest }: Sizes): Readonly<Record<string, number>> => ({
  ...rest,
  ...Object.fromEntries(parts.map((part) => [`cores of ${part}`, cores[part]])),
  ...Object.fromEntries(services.map((service) => [`replicas of ${service}`, replicas[service]])),
});

const ratios = (
  change: Partial<Drivers>,
  before: Partial<Drivers> = {},
): Readonly<Record<string, number>> => {
  const [from, to] = [flat(sizes(before)), flat(sizes({ ...before, ...change }))];
  return Object.fromEntries(Object.entries(to).map(([name, value]) => [name, value / (from[name] ?? NaN)]));
};

const roomy = { accountRate: 100_000 };

describe('what a deployment needs', () => {
  it.each<readonly [string, Partial<Drivers>]>([
    ['trainees', { trainees: 150_000 }],
    ['people due', { dueShare: 0.75 }],
    ['delivery days', { deliveryDaysPerYear: 300 }],
    ['texts in', { textsPerDrill: { in: 7, out: 6 } }],
    ['texts out', { textsPerDrill: { in: 4, out: 9 } }],
    ['segments', { segmentsPerText: 3 }],
    ['price', { pricePerSegment: 0.02 }],
    ['copies', { copies: { topics: 5, documents: 5 } }],
    ['haste', { answerMinutes: 45 }],
    ['people at once', { zones: 2 }],
  ])('never shrinks with more %s', (_, change) => {
    const all = Object.values(ratios(change, roomy));
    expect(Math.min(...all)).toBeGreaterThanOrEqual(1 - 1e-9);
    expect(Math.max(...all)).toBeGreaterThan(1);
  });

  it('is proportional to trainees where nothing holds them up, but for whole processes', () => {
    const { textsPerSecond, brokerBytes, databaseBytes, costPerMonth, startsSeconds } = ratios(
      { trainees: 200_000 },
      roomy,
    );
    for (const ratio of [textsPerSecond, brokerBytes, databaseBytes, costPerMonth, startsSeconds])
      expect(ratio).toBeCloseTo(2);
  });

  it('is so many drills, texts and segments', () => {
    // 100,000 × 0.5 × 240 drills a year, of 6 × 2 + 4 segments.
    expect(drillsPerYear(drivers)).toBe(12_000_000);
    expect(sizes().costPerMonth).toBeCloseTo(1_000_000 * 16 * 0.01);
    // 16,667 drills × 6 texts × 2 segments in 5,400 s, of one zone and the half of another.
    expect(sizes().rateNeeded).toBeCloseTo(((100_000 * 0.5) / 3) * 12 * (1.5 / 5_400));
    // 16,667 drills × 2 texts × 2 segments at 50 a second.
    expect(sizes().startsSeconds).toBeCloseTo((16_666.67 * 4) / 50);
  });

  it('is at the peak no more than the account sends, and the texts in that belong to it', () => {
    // 25 texts a second of 2 segments, of which each drill has 6, and 4 in.
    expect(sizes().textsPerSecond).toBeCloseTo((25 * 10) / 6);
    expect(ratios({ accountRate: 100 })['startsSeconds']).toBeCloseTo(0.5);
  });

  it('keeps commands for days and events for ever', () => {
    const without = { ...topicDays, [topics.dialogCommands]: 0 };
    const ofCommands = sizes().brokerBytes - sizes({ topicDays: without }).brokerBytes;
    const texts = drillsPerYear(drivers) * 10;
    const perText = constants.topicBytesPerText[topics.dialogCommands] ?? NaN;
    expect(ofCommands).toBeCloseTo(texts * perText * (14 / 365) * 3);
    expect(topicDays[topics.dialogEvents]).toBe(Infinity);
  });

  it('has partitions for half as many replicas again, and two replicas of each service at least', () => {
    const { replicas, partitions } = sizes({ trainees: 20_000_000, ...roomy });
    expect(partitions).toBeGreaterThanOrEqual(3 * Math.max(...Object.values(replicas)));
    expect(partitions % 12).toBe(0);
    expect(Object.values(sizes({ trainees: 10 }).replicas)).toEqual([2, 2, 2, 2]);
  });

  it('has memory by the phones of each process, by the same more for ten times as many', () => {
    // 1,000 phones took 200 MB and 10,000 took 10 more; each of two processes has 100,000 here.
    expect(sizes({ trainees: 200_000 }).memoryMb['dialog-engine']).toBeCloseTo(200 + 10 * 2);
  });
});
