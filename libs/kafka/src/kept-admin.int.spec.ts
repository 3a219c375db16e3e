import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { CheckpointGuard } from './checkpoint-guard';
import { kafkaClient } from './kafka-client';
import { kafkaUnderTest } from './kafka.testkit';
import { KeptAdmin } from './kept-admin';
import { countPartitions } from './topic-shares';

jest.setTimeout(60_000);

/** How many connections this process opens while it does something. */
const connectionsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let opened = 0;
  const count = (): void => void (opened += 1);
  subscribe('net.client.socket', count);
  await work().finally(() => unsubscribe('net.client.socket', count));
  return opened;
};

describe('what a consumer asks the brokers again and again', () => {
  it('is asked over the connections that are open, and anew after they were closed', async () => {
    const { connection, topic, stop, until } = await kafkaUnderTest(2);
    const admin = new KeptAdmin(kafkaClient(connection));
    const guard = new CheckpointGuard(admin, () => Promise.resolve('7'));
    const count = countPartitions(admin);
    const lookTenTimes = async (): Promise<void> => {
      for (let look = 0; look < 10; look += 1) {
        expect(await guard.shorter([topic])).toHaveLength(2);
        expect((await count([topic])).get(topic)).toBe(2);
      }
    };
    const untilServed = () => until(() => guard.shorter([topic]).catch(() => undefined));
    expect(await connectionsDuring(untilServed)).toBeGreaterThan(0);
    expect(await connectionsDuring(lookTenTimes)).toBe(0);
    await admin.close();
    expect(await connectionsDuring(lookTenTimes)).toBeLessThanOrEqual(2);
    await admin.close();
    await stop();
  });
});

describe('a kept connection', () => {
  it('is made anew after a question that failed', async () => {
    let made = 0;
    let closed = 0;
    const { connection, stop } = await kafkaUnderTest(1);
    const kafka = kafkaClient(connection);
    const counted = {
      admin: () => {
        made += 1;
        const admin = kafka.admin();
        return {
          ...admin,
          disconnect: () => {
            closed += 1;
            return admin.disconnect();
          },
        };
      },
    };
    const admin = new KeptAdmin(counted);
    await expect(admin.ask(() => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
    expect((await admin.ask((open) => open.listTopics())).length).toBeGreaterThan(0);
    await admin.close();
    await admin.close();
    expect([made, closed]).toEqual([2, 2]);
    await stop();
  });
});
