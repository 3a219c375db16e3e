import { Metrics } from '@stopcovid/runtime';
import { BatchObserver } from './batch-observer';
import type { LogRecord } from './log-record';
import { deadLetter, done, retry } from './outcome';

const topic = 'dialog.commands.v1';

const written = (secondsAgo: number): LogRecord => ({
  topic,
  partition: 0,
  offset: '0',
  key: '+12025550143',
  value: null,
  headers: {},
  timestamp: Date.now() - secondsAgo * 1_000,
});

const observed = (watch: (observer: BatchObserver) => void): Promise<string> => {
  const metrics = new Metrics('spec');
  watch(new BatchObserver('engine', { metrics }));
  return metrics.text();
};

describe('what is seen of a transport', () => {
  it('has its counts from the start, so that the first dead letter is a rise', async () => {
    const text = await observed((observer) => observer.begins([topic]));
    for (const outcome of ['done', 'retry', 'deadLetter', 'bug'])
      expect(text).toContain(`topic="${topic}",outcome="${outcome}",service="spec"} 0`);
  });

  it('is how old records were when they came to their end, and not while they wait', async () => {
    const text = await observed((observer) => {
      observer.outcome(written(60), retry('not yet'));
      observer.outcome(written(4), done);
      observer.outcome(written(4), deadLetter('TEXT', 'unreadable'));
    });
    expect(text).toMatch(/batch_record_age_seconds_bucket\{le="2.5".*\} 0/);
    expect(text).toMatch(/batch_record_age_seconds_bucket\{le="5".*\} 2/);
  });

  it('is how many partitions wait, those given away no longer', async () => {
    const waiting = (watch: (observer: BatchObserver) => void): Promise<string | undefined> =>
      observed((observer) => {
        observer.waits(`${topic}[0]`, '7', 'no Kafka');
        observer.waits(`${topic}[0]`, '7', 'no Kafka');
        observer.waits(`${topic}[1]`, '9', 'no Kafka');
        watch(observer);
      }).then((text) => /batch_waiting_partitions\{.*\} (\d)/.exec(text)?.[1]);
    expect(await waiting(() => undefined)).toBe('2');
    expect(await waiting((observer) => observer.goesOn(`${topic}[0]`))).toBe('1');
    expect(await waiting((observer) => observer.keepOnly(() => false))).toBe('0');
  });
});
