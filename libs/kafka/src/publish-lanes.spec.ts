import type { Message } from 'kafkajs';
import { portions, publishLanes, type Shipment } from './publish-lanes';
import { PublishFailed } from './publisher';

const message = (partition: number, value: string): Message => ({ partition, value });
const valuesOf = (messages: readonly Message[]): string =>
  messages.map(({ value }) => String(value)).join('');

const shown = (shipments: readonly Shipment[]): string =>
  shipments.map(({ topic, messages }) => `${topic}:${valuesOf(messages)}`).join(' ');
const departed = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('publishing', () => {
  it('has one request in flight per partition and sends together what arrived meanwhile', async () => {
    const sent: string[] = [];
    const answers: (() => void)[] = [];
    const push = publishLanes(async (shipments) => {
      sent.push(shown(shipments));
      await new Promise<void>((resolve) => answers.push(resolve));
    });
    const first = push('t', [message(0, 'a')]);
    await departed();
    const later = [push('t', [message(0, 'b')]), push('t', [message(0, 'c')]), push('t', [message(1, 'x')])];
    await departed();
    expect(sent).toEqual(['t:a', 't:x']);
    for (const answer of answers) answer();
    await first;
    await departed();
    expect(sent).toEqual(['t:a', 't:x', 't:bc']);
    answers.at(-1)?.();
    await Promise.all(later);
  });

  it('lets partitions and topics share a request that have something to send at the same moment', async () => {
    const sent: string[] = [];
    const push = publishLanes(async (shipments) => void sent.push(shown(shipments)));
    const all = () =>
      Promise.all([
        push('t', [message(0, 'a'), message(1, 'b')]),
        push('t', [message(0, 'c')]),
        push('u', [message(0, 'd')]),
      ]);
    await all();
    expect(sent.splice(0)).toEqual(['t:ac', 't:b', 'u:d']);
    await all();
    expect(sent).toEqual(['t:acb u:d']);
  });

  it('lets what may wait travel along with what may not', async () => {
    const sent: string[] = [];
    const push = publishLanes(async (shipments) => void sent.push(shown(shipments)));
    await push('t', [message(0, '-'), message(1, '-')]);
    const patient = push('t', [message(0, 'a')], 600_000);
    await departed();
    const other = push('t', [message(0, 'b')], 600_000);
    await departed();
    await Promise.all([push('t', [message(1, 'c')]), patient, other]);
    expect(sent.slice(2)).toEqual(['t:abc']);
  });

  it('lets what may wait leave together when the first of it has waited long enough', async () => {
    const sent: string[] = [];
    const push = publishLanes(async (shipments) => void sent.push(shown(shipments)));
    await push('t', [message(0, '-'), message(1, '-')]);
    const since = performance.now();
    await Promise.all([push('t', [message(0, 'a')], 20), push('t', [message(1, 'b')], 600_000)]);
    expect(sent.slice(2)).toEqual(['t:ab']);
    expect(performance.now() - since).toBeGreaterThan(15);
  });

  it('lets what came to a busy partition leave when the request before it has ended and its time is up', async () => {
    const sent: string[] = [];
    const push = publishLanes(async (shipments) => void sent.push(shown(shipments)));
    const first = push('t', [message(0, 'a')]);
    await departed();
    await Promise.all([first, push('t', [message(0, 'b')], 1)]);
    expect(sent).toEqual(['t:a', 't:b']);
  });

  it('sends each partition alone when a shared request failed, so that one without a leader fails by itself', async () => {
    const sent: string[] = [];
    const push = publishLanes(async (shipments) => {
      sent.push(shown(shipments));
      if (shown(shipments).includes('bad')) throw new Error('no leader');
    });
    const both = async (second: string): Promise<readonly string[]> => {
      const pushed = [push('t', [message(0, 'good')]), push('t', [message(1, second)])];
      return (await Promise.allSettled(pushed)).map(({ status }) => status);
    };
    await both('well');
    await expect(both('bad')).resolves.toEqual(['fulfilled', 'rejected']);
    expect(sent.slice(2)).toEqual(['t:goodbad', 't:good', 't:bad']);
    await expect(both('bad')).resolves.toEqual(['fulfilled', 'rejected']);
    expect(sent.slice(5)).toEqual(['t:good', 't:bad']);
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
    const push = publishLanes(async (shipments) => {
      sent.push(...shipments.map(({ messages }) => messages.length));
      throw new Error('no leader');
    });
    const large = Array.from({ length: 3 }, () => ({ partition: 0, value: Buffer.alloc(400_000) }));
    await expect(push('t', large)).rejects.toBeInstanceOf(PublishFailed);
    expect(sent).toEqual([1]);
  });
});
