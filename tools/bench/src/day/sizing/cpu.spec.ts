import { cpuAt, cpuCostOf, cpuWhenFull, type CpuCost, type Point } from './cpu';

const cost: CpuCost = {
  idle: 0.01,
  perText: 0.001,
  perBatch: 0.004,
  batchesAtMost: 20,
  batchesAtMostWhenFull: 5,
  measuredTo: 1_000,
};
const measured = (textsPerSecond: number, cpu: number): Point => ({ textsPerSecond, cpu, isFull: false });
const at = (rate: number): Point => measured(rate, cpuAt(cost, rate));
const fullAt = (rate: number): Point => ({ ...measured(rate, cpuWhenFull(cost, rate)), isFull: true });

describe('what a process costs', () => {
  it('is found again from what it was measured at', () => {
    const found = cpuCostOf([at(0), at(10), at(60), at(200)]);
    for (const rate of [1, 5, 30, 100, 200]) expect(cpuAt(found, rate) / cpuAt(cost, rate)).toBeCloseTo(1, 3);
  });

  it('is less for a text the more of them come, as batches fill', () => {
    const perText = [1, 10, 100, 1_000].map((rate) => (cpuAt(cost, rate) - cost.idle) / rate);
    expect(perText).toEqual([...perText].sort((a, b) => b - a));
    expect(perText[3]).toBeCloseTo(0.00108, 5);
  });

  it('is less on a full machine, where fewer batches are begun', () => {
    const found = cpuCostOf([at(0), at(10), at(60), fullAt(300), at(200), fullAt(500)]);
    for (const rate of [30, 100, 400]) {
      expect(cpuAt(found, rate) / cpuAt(cost, rate)).toBeCloseTo(1, 3);
      expect(cpuWhenFull(found, rate) / cpuWhenFull(cost, rate)).toBeCloseTo(1, 3);
      expect(cpuWhenFull(found, rate)).toBeLessThan(cpuAt(found, rate));
    }
  });

  it('is the same on a full machine as elsewhere where none was measured', () => {
    const found = cpuCostOf([at(0), at(10), at(200)]);
    expect(cpuWhenFull(found, 100)).toBe(cpuAt(found, 100));
  });

  it('is for a text beyond the highest rate that was measured what it is there', () => {
    const found = cpuCostOf([at(0), at(10), at(60)]);
    expect((cpuAt(found, 600) - 0.01) / (cpuAt(found, 60) - 0.01)).toBeCloseTo(10);
  });

  it('is by text alone where only one rate was measured', () => {
    for (const rate of [3, 70, 100, 333]) {
      const found = cpuCostOf([measured(rate, 0.2)]);
      expect(found).toMatchObject({ perBatch: 0 });
      expect(cpuAt(found, rate / 2)).toBeCloseTo(0.1);
    }
  });

  it('is not below nothing where the measures contradict', () => {
    const { perText, perBatch } = cpuCostOf([measured(10, 0.3), measured(200, 0.1)]);
    expect(Math.min(perText, perBatch)).toBeGreaterThanOrEqual(0);
    expect(perText + perBatch).toBeGreaterThan(0);
  });

  it('counts what an idle process takes apart from texts', () => {
    expect(cpuCostOf([at(0), measured(0, 0.03), at(100)]).idle).toBeCloseTo(0.02);
  });
});
