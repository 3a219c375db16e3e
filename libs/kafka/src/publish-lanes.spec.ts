import type { Message } from 'kafkajs';
import { portions, publishLanes } from './publish-lanes';
import { PublishFailed } from './publisher';

const message = (partition: number, value: string): Message => ({ partition, value });
const valuesOf = (messages: readonly Message[]): string =>
  messages.map(({ value }) => String(value)).join('');

describe('publishing', () => {
  it('has one request in flight per partition and sends together what arrived meanwhile', async () => {
    const sent: string[] = [];
    const answers: (() => void)[] = [];
    const push = publishLanes(async (_, messages) => {
      sent.push(valuesOf(messages));
      await new Promise<void>((resolve) => answers.push(resolve));
    });
    const all = ['a', 'b', 'c'].map((value) => push('t', [message(0, value)]));
    const elsewhere = push('t', [message(1, 'x')]);
    expect(sent).toEqual(['a', 'x']);
    for (const answer of answers) answer();
    await Promise.all([all[0], elsewhere]);
    expect(sent).toEqual(['a', 'x', 'bc']);
    answers.at(-1)?.();
    await Promise.all(all);
  });

  it('tells everyone whose records were in a request that failed, and goes on with the next', async () => {
    let fails = true;
    const push = publishLanes(() => (fails ? Promise.reject(new Error('no leader')) : Promise.resolve()));
    await expect(push('t', [message(0, 'a')])).rejects.toBeInstanceOf(PublishFailed);
    fails = false;
    await expect(push('t', [message(0, 'b')])).resolves.toBeUndefined();
  });

  it('splits what is too large for one request, in order, and lets a giant go by itself', () => {
    const of = (size: number) => ({ ...message(0, ''), value: Buffer.alloc(size) });
    const sizes = portions([of(40), of(30), of(200), of(50), of(10)], 150).map((portion) =>
      portion.map(({ value }) => value?.length),
    );
    expect(sizes).toEqual([[40, 30], [200], [50, 10]]);
  });

  it('sends no later portion when an earlier one failed, so that nothing overtakes', async () => {
    const sent: number[] = [];
    const push = publishLanes(async (_, messages) => {
      sent.push(messages.length);
      throw new Error('no leader');
    });
    const large = Array.from({ length: 3 }, () => ({ partition: 0, value: Buffer.alloc(400_000) }));
    await expect(push('t', large)).rejects.toBeInstanceOf(PublishFailed);
    expect(sent).toEqual([1]);
  });
});
