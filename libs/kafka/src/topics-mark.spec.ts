import { KafkaJSConnectionError } from 'kafkajs';
import { ownersFor } from './topics-mark';
import { KafkaUnavailable } from './with-admin';

const noLeader = new KafkaUnavailable(
  { brokers: ['kafka:9092'], clientId: 'spec' },
  new Error('There is no leader for this topic-partition'),
);
const unlisted = (error: Error, own: boolean) => ({
  all: () => Promise.reject(error),
  own: () => Promise.resolve(own),
});

describe('whose the topics are, while brokers list no names', () => {
  it('is known to who finds its own mark', async () => {
    await expect(ownersFor('staging', unlisted(noLeader, true))).resolves.toEqual(['staging']);
  });

  it('is waited for by who does not', async () => {
    await expect(ownersFor('staging', unlisted(noLeader, false))).rejects.toBe(noLeader);
  });

  it('is not asked otherwise where no connection came about', async () => {
    const away = new KafkaUnavailable(
      { brokers: ['kafka:9092'], clientId: 'spec' },
      new KafkaJSConnectionError('connect ECONNREFUSED', { broker: 'kafka:9092' }),
    );
    await expect(ownersFor('staging', unlisted(away, true))).rejects.toBe(away);
  });

  it('is not guessed after a fault of ours', async () => {
    await expect(ownersFor('staging', unlisted(new TypeError('oh'), true))).rejects.toThrow('oh');
  });
});
