import { compare, comparisonTable, percentOf } from './compare';
import { constantsOf } from './constants';
import { cpuAt } from './cpu';
import { dayOf, spell, withCpu } from './figures.testkit';
import { measured } from './measured';

/** A day at so many texts a second, each batch of which, 20 a second at most, costs four times a text. */
const batchedDay = (rate: number) => {
  const day = { ...dayOf({ trainees: 1_000 }), daySeconds: 10_000 / rate };
  return withCpu(day, day.daySeconds * (0.001 * rate + (0.004 * rate) / (1 + rate / 20)));
};

describe('a day beside what others foretell of it', () => {
  it('is within, where each text costs what it cost there', () => {
    const rows = compare(dayOf({ trainees: 3_000 }), [dayOf({ trainees: 1_000 })]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(rows.map(() => 'within'));
    expect(rows.map(({ deviation }) => Math.round(deviation * 100))).toEqual(rows.map(() => 0));
  });

  it.each([
    ['just within', 1.25, '−20 %', 'within'],
    ['beyond, as too little was foretold', 1.35, '−26 %', 'beyond'],
    ['beyond, as too much was', 0.79, '+27 %', 'beyond'],
  ])('is %s', (_, dearer, percent, verdict) => {
    const [cpu] = compare(dayOf({ trainees: 3_000, dearer }), [dayOf({ trainees: 1_000 })]);
    expect([percentOf(cpu?.deviation ?? NaN), cpu?.verdict]).toEqual([percent, verdict]);
  });

  it('is within where batches fill with the rate, which a mean by text would miss', () => {
    const others = [50, 400].map((rate) => batchedDay(rate));
    const rows = compare(batchedDay(150), others).filter(({ what }) => what.startsWith('CPU'));
    expect(rows.map(({ verdict }) => verdict)).toEqual(rows.map(() => 'within'));
    const mean = others.map(({ costs }) => costs[0]?.cpuSeconds ?? NaN);
    expect(Math.max(...mean) / Math.min(...mean)).toBeGreaterThan(1.6);
  });

  it('reads of each day what it cost at rest and at half of its load', () => {
    const still = {
      ...dayOf({ trainees: 1_000 }),
      rest: spell(60, 0, 0.02),
      halfLoad: spell(20, 1_000, 0.15),
    };
    const { cpu } = constantsOf([still]);
    expect(cpu.Kafka.idle).toBeCloseTo(0.02);
    expect(cpuAt(cpu.Kafka, 50)).toBeCloseTo(0.15);
    expect(cpuAt(cpu.Kafka, 100)).toBeCloseTo(0.2);
  });

  it('goes by the middle of the day where it was looked at, whatever beginning and tail cost', () => {
    const day = { ...dayOf({ trainees: 1_000, dearer: 3 }), fullLoad: spell(50, 5_000, 0.2) };
    expect(cpuAt(constantsOf([day]).cpu.Kafka, 100)).toBeCloseTo(0.2);
    const [cpu] = compare(day, [dayOf({ trainees: 1_000 })]);
    expect([cpu?.measured, cpu?.deviation]).toEqual([10, expect.closeTo(0)]);
  });

  it('counts all processes of a service together, and memory by the phones of one', () => {
    const one = dayOf({ trainees: 1_000 });
    const two = {
      ...one,
      replicas: 2,
      costs: one.costs.flatMap((cost) => {
        const half = { ...cost, cpuSeconds: cost.cpuSeconds / 2 };
        return cost.name.endsWith(' 1') ? [half, { ...half, name: cost.name.replace('1', '2') }] : [cost];
      }),
    };
    expect(compare(two, [one]).every(({ verdict }) => verdict === 'within')).toBe(true);
  });

  it('is shown with each verdict', () => {
    const table = comparisonTable(
      compare(dayOf({ trainees: 3_000, dearer: 2 }), [dayOf({ trainees: 1_000 })]),
    );
    expect(table).toMatch(/CPU s of sms-sender +60\.0 +120 +−50 % +beyond/);
  });
});

it('what shrinks with size is taken as always there', () => {
  const { memoryMb } = constantsOf([dayOf({ trainees: 1_000, extraMb: 20 }), dayOf({ trainees: 2_000 })]);
  expect(memoryMb['sms-sender']).toEqual({ ofThousand: 210, perTenfold: 0 });
});

it('the days that sizing goes by have a figure for every part', () => {
  const { cpu, memoryMb } = constantsOf(measured.map(({ figures }) => figures));
  const all = [
    ...Object.values(cpu).map((cost) => cpuAt(cost, 1)),
    ...Object.values(memoryMb).map(({ ofThousand }) => ofThousand),
  ];
  expect(all.filter((value) => !(value > 0))).toEqual([]);
});
