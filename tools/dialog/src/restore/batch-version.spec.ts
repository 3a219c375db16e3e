import { historyOf, someonesPhone } from '../repair.testkit';
import { versionIn } from './batch-version';

const of = (text: string | null): number | undefined =>
  versionIn({ value: text === null ? null : Buffer.from(text) });

describe('the version of a record', () => {
  it('is the one that the whole batch has, as the engine writes it', () => {
    const { batches } = historyOf(someonesPhone(), 3);
    expect(batches.map(({ wire }) => of(wire))).toEqual([1, 2, 3]);
  });

  it('is found wherever it stands, and whatever stands before it', () => {
    expect(of('{"a":{"version":9},"version":3}')).toBe(3);
    expect(of('{"a":["\\"version\\":9,"],"version":4}')).toBe(4);
    expect(of('{"a":"\\"version\\":9,","version":5}')).toBe(5);
    expect(of(`{"long":"${'x'.repeat(600)}","version":6}`)).toBe(6);
    expect(of('{ "version" : 7 }')).toBe(7);
  });

  it('is not there in what is no batch', () => {
    expect([null, '', 'version', '[]', 'null', '{"version":"8"}', '{"version":8,"cut'].map(of)).toEqual(
      Array.from({ length: 7 }, () => undefined),
    );
  });
});
