import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { done, kafkaPublisher, KafkaBatchStrategy, type LogRecord } from '@stopcovid/kafka';
import { createRuntime } from '@stopcovid/runtime';

/** Collects what stands in some topics, from their beginning, through a consumer group of its own. */
export const readTopics = async (brokers: string, topics: readonly string[]) => {
  const kafka = { brokers: brokers.split(','), clientId: 'topic-reader' };
  const { logger, metrics, health } = createRuntime('topic-reader', {
    LOG_LEVEL: 'error',
    LOG_FORMAT: 'json',
  });
  const publisher = kafkaPublisher(kafka, { logger });
  const strategy = new KafkaBatchStrategy({
    kafka,
    group: `reader-${randomUUID()}`,
    logger,
    metrics,
    health,
    publisher,
  });
  const records: LogRecord[] = [];
  for (const topic of topics) {
    strategy.addHandler(
      topic,
      (batch: readonly LogRecord[]) => {
        records.push(...batch);
        return Promise.resolve(batch.map(() => done));
      },
      true,
    );
  }
  await new Promise<void>((resolve, reject) =>
    strategy.listen((error) => (error ? reject(error) : resolve())),
  );
  return {
    /** Waits until the records of one topic and key fit, and answers them in their order. */
    until: async (
      topic: string,
      key: string,
      fits: (found: readonly LogRecord[]) => boolean,
    ): Promise<readonly LogRecord[]> => {
      const limit = Date.now() + 20_000;
      for (;;) {
        const found = records.filter((record) => record.topic === topic && record.key === key);
        if (fits(found)) return found;
        if (Date.now() > limit)
          throw new Error(`${topic} has ${found.length} records of the key, and not those waited for`);
        await pause(50);
      }
    },
    close: () => strategy.close(),
  };
};

export type TopicReader = Awaited<ReturnType<typeof readTopics>>;
