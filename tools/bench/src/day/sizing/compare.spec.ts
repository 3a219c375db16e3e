import { compare, comparisonTable, percentOf } from './compare';
import { constantsOf } from './constants';
import { dayOf } from './figures.testkit';
import { measured } from './measured';

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

  it('is foretold more by days with more texts', () => {
    const [cpu] = compare(dayOf({ trainees: 1_000 }), [
      dayOf({ trainees: 3_000 }),
      dayOf({ trainees: 1_000, dearer: 2 }),
    ]);
    expect(percentOf(cpu?.deviation ?? NaN)).toBe('+25 %');
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
  expect(memoryMb['sms-sender']).toEqual({ base: 210, perThousand: 0 });
});

it('the days that sizing goes by have a figure for every part', () => {
  const { cpuSecondsPerText, memoryMb } = constantsOf(measured.map(({ figures }) => figures));
  const all = [...Object.values(cpuSecondsPerText), ...Object.values(memoryMb).map(({ base }) => base)];
  expect(all.filter((value) => !(value > 0))).toEqual([]);
});
