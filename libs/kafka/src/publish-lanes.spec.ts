import type { Message } from 'kafkajs';
import { publishLanes } from './publish-lanes';
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
});
