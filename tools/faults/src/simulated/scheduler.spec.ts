import { chanceOf } from './chance';
import { Faults } from './faults';
import { Node, Scheduler } from './scheduler';

const hourMs = 3_600_000;
const startAt = Date.UTC(2026, 2, 1);

const clocks = (): Scheduler =>
  new Scheduler(chanceOf(1), new Faults(chanceOf(1)), {
    startAt,
    traced: false,
    onCrash: () => undefined,
  });

describe('clocks of a simulated run', () => {
  it.each([
    ['were set back', [-hourMs], hourMs],
    ['were set back twice', [-hourMs, -hourMs], 2 * hourMs],
    ['were set back, and then forward by less', [-2 * hourMs, hourMs], hourMs],
    ['were set back, and then forward by more', [-hourMs, 5 * hourMs], 0],
    ['were set forward, and then back', [5 * hourMs, -hourMs], hourMs],
    ['were never wrong', [], 0],
  ])('that %s are put right once', (_how, jumps, wrong) => {
    const scheduler = clocks();
    const shown = [scheduler.now];
    for (const ms of jumps) {
      scheduler.jump(ms);
      shown.push(scheduler.now);
    }
    expect(scheduler.putClocksRight()).toBe(wrong);
    expect(scheduler.now).toBe(Math.max(...shown));
    expect(scheduler.putClocksRight()).toBe(0);
  });

  it('keep nobody waiting any longer who began to wait before they were set back', async () => {
    const scheduler = clocks();
    const dueAt = scheduler.now;
    scheduler.jump(-hourMs);
    void scheduler.pause(new Node('anybody'), 1_000);
    await scheduler.step();
    expect(scheduler.now).toBeLessThan(dueAt);
    scheduler.putClocksRight();
    expect(scheduler.now).toBeGreaterThanOrEqual(dueAt);
  });
});
