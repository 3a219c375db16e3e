import { DueQueue } from './due-queue';

describe('a queue of what is due', () => {
  it('keeps its horizon when the store does not answer', () => {
    const queue = new DueQueue(9);
    queue.beginReading();
    queue.endReading(50);
    queue.beginReading();
    expect(queue.add({ due: 70, gone: false })).toBe(true);
    queue.endReading(undefined);
    expect(queue.horizon).toBe(50);
  });
});
