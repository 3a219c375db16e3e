import { until } from '@stopcovid/runtime';
import type { BatchServer } from './batch-server';
import type { BatchContext, RecordsHandler } from './batch-context';
import { deadLetterHeaders, handlerBug } from './dead-letter';
import type { LogRecord } from './log-record';
import { deadLetter, done, type Outcome, retry } from './outcome';
import { partitionOf } from './partition-of';
import type { OutgoingRecord } from './publisher';

type Strategy = BatchServer & { listen(started: (error?: unknown) => void): void; close(): Promise<void> };

/** One topic of a transport, with what a test needs to see. */
export type TransportUnderTest = {
  readonly topic: string;
  readonly partitions: number;
  readonly publish: (records: readonly OutgoingRecord[]) => Promise<void>;
  /** A strategy that is not started; each one of a test is in the same group. */
  readonly strategy: () => Strategy;
  /** The dead letters of the topic so far. */
  readonly deadLetters: () => Promise<readonly LogRecord[]>;
  /** The sum of the offsets that the group has committed. */
  readonly committed: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

const phoneOf = (index: number): string => `+1202555${String(1000 + index)}`;
const recordsOf = (phones: number, each: number): readonly OutgoingRecord[] =>
  Array.from({ length: phones * each }, (_, index) => ({
    key: phoneOf(index % phones),
    value: String(Math.floor(index / phones)),
  }));

const textOf = (record: LogRecord): string => record.value?.toString() ?? '';

class Seen {
  readonly byPhone = new Map<string, string[]>();
  count = 0;

  add(record: LogRecord): void {
    const texts = this.byPhone.get(record.key ?? '') ?? [];
    texts.push(textOf(record));
    this.byPhone.set(record.key ?? '', texts);
    this.count += 1;
  }

  /** Each phone's texts without repetitions, in the order in which they were first seen. */
  distinct(phone: string): readonly string[] {
    return [...new Set(this.byPhone.get(phone))];
  }
}

/** Answers each record on its own. */
const each =
  (answer: (record: LogRecord, context: BatchContext) => Outcome): RecordsHandler =>
  (records, context) =>
    Promise.resolve(records.map((record) => answer(record, context)));

const started = (transport: TransportUnderTest, handler: RecordsHandler): Strategy => {
  const strategy = transport.strategy();
  strategy.addHandler(transport.topic, handler, true);
  strategy.listen((error) => {
    if (error) throw error;
  });
  return strategy;
};

/** What every batch transport promises. */
export const batchTransportContract = (name: string, open: () => Promise<TransportUnderTest>): void => {
  describe(`${name} as a batch transport`, () => {
    const running: Strategy[] = [];
    const using = async (work: (transport: TransportUnderTest) => Promise<void>): Promise<void> => {
      const transport = await open();
      try {
        await work(transport);
      } finally {
        await Promise.all(running.splice(0).map((strategy) => strategy.close()));
        await transport.stop();
      }
    };
    const run = (transport: TransportUnderTest, handler: RecordsHandler): Strategy => {
      const strategy = started(transport, handler);
      running.push(strategy);
      return strategy;
    };

    it('hands over the records of one phone in their order, and commits all of them', () =>
      using(async (transport) => {
        const seen = new Seen();
        await transport.publish(recordsOf(5, 40));
        run(
          transport,
          each((record) => (seen.add(record), done)),
        );
        await until(async () => (await transport.committed()) === 200, { what: 'all are committed' });
        for (let index = 0; index < 5; index += 1)
          expect(seen.byPhone.get(phoneOf(index))).toEqual(Array.from({ length: 40 }, (_, n) => String(n)));
      }));

    it('knows, batch after batch, how far it has committed', () =>
      using(async (transport) => {
        const known: (string | undefined)[] = [];
        const [record] = recordsOf(1, 1);
        if (record === undefined) throw new Error('there is no record');
        const handler: RecordsHandler = (records, context) => {
          known.push(context.committedOffset());
          return Promise.resolve(records.map(() => done));
        };
        run(transport, handler);
        for (let count = 1; count <= 3; count += 1) {
          await transport.publish([record]);
          await until(async () => (await transport.committed()) === count, { what: 'it is committed' });
        }
        expect(known.slice(1)).toEqual(['1', '2']);
      }));

    it('puts a refused record aside with its bytes and its story, and goes on', () =>
      using(async (transport) => {
        const seen = new Seen();
        await transport.publish([
          { key: phoneOf(1), value: 'before' },
          { key: phoneOf(1), value: '\u0000 not JSON ü', headers: { from: 'a test' } },
          { key: phoneOf(1), value: 'after' },
        ]);
        const refuse = (record: LogRecord): Outcome =>
          textOf(record).includes('not JSON')
            ? deadLetter('NOT_JSON', 'is not JSON')
            : (seen.add(record), done);
        run(transport, each(refuse));
        await until(async () => (await transport.committed()) === 3, { what: 'all are committed' });
        expect(seen.byPhone.get(phoneOf(1))).toEqual(['before', 'after']);
        const [letter, ...more] = await transport.deadLetters();
        expect(more).toEqual([]);
        expect(letter).toMatchObject({ key: phoneOf(1), value: Buffer.from('\u0000 not JSON ü') });
        expect(letter?.headers).toMatchObject({
          from: 'a test',
          [deadLetterHeaders.topic]: transport.topic,
          [deadLetterHeaders.offset]: '1',
          [deadLetterHeaders.code]: 'NOT_JSON',
          [deadLetterHeaders.reason]: 'is not JSON',
          [deadLetterHeaders.attempts]: '1',
        });
      }));

    it('counts on when a dead letter that was sent again is refused again', () =>
      using(async (transport) => {
        const headers = { [deadLetterHeaders.attempts]: '2' };
        await transport.publish([{ key: phoneOf(1), value: 'poison', headers }]);
        run(
          transport,
          each(() => deadLetter('INVALID', 'still is')),
        );
        await until(async () => (await transport.deadLetters()).length === 1, { what: 'it is put aside' });
        const [letter] = await transport.deadLetters();
        expect(letter?.headers[deadLetterHeaders.attempts]).toBe('3');
      }));

    it('waits in place at a record that must be retried, while other partitions go on', () =>
      using(async (transport) => {
        const seen = new Seen();
        let down = true;
        await transport.publish(recordsOf(12, 3));
        const answer = (record: LogRecord): Outcome => {
          if (down && record.partition === 0 && textOf(record) !== '0') return retry('the store is down');
          seen.add(record);
          return done;
        };
        run(transport, each(answer));
        const elsewhere = (): number =>
          [...seen.byPhone.values()].filter((texts) => texts.includes('2')).length;
        await until(() => elsewhere() > 0 && seen.count >= 12, { what: 'the other partitions are done' });
        const before = await transport.committed();
        expect(before).toBeLessThan(36);
        down = false;
        await until(async () => (await transport.committed()) === 36, { what: 'all are committed' });
        for (const texts of seen.byPhone.values()) expect([...new Set(texts)]).toEqual(['0', '1', '2']);
        expect(await transport.deadLetters()).toEqual([]);
      }));

    it('finds the one record that a handler trips over, puts it aside and handles its neighbours', () =>
      using(async (transport) => {
        const seen = new Seen();
        const records = recordsOf(1, 30);
        await transport.publish(records);
        run(transport, (batch) => {
          const trips = batch.some((record) => textOf(record) === '17');
          if (trips) return Promise.reject(new TypeError('cannot read properties of undefined'));
          batch.forEach((record) => seen.add(record));
          return Promise.resolve(batch.map(() => done));
        });
        await until(async () => (await transport.committed()) === 30, { what: 'all are committed' });
        const rest = records.map(({ value }) => String(value)).filter((text) => text !== '17');
        expect(seen.distinct(phoneOf(0))).toEqual(rest);
        const letters = await transport.deadLetters();
        expect(letters.map(textOf)).toEqual(['17']);
        expect(letters[0]?.headers[deadLetterHeaders.code]).toBe(handlerBug);
        expect(letters[0]?.headers[deadLetterHeaders.stack]).toContain('TypeError: cannot read');
      }));

    it('gives a handler that fails once the same records again', () =>
      using(async (transport) => {
        const seen = new Seen();
        let failures = 1;
        await transport.publish(recordsOf(1, 5));
        run(transport, (batch) => {
          if (failures-- > 0) return Promise.reject(new Error('lost the connection'));
          batch.forEach((record) => seen.add(record));
          return Promise.resolve(batch.map(() => done));
        });
        await until(async () => (await transport.committed()) === 5, { what: 'all are committed' });
        expect(seen.byPhone.get(phoneOf(0))).toEqual(['0', '1', '2', '3', '4']);
        expect(await transport.deadLetters()).toEqual([]);
      }));

    it('takes a wrong number of outcomes for a bug, not for success', () =>
      using(async (transport) => {
        await transport.publish(recordsOf(1, 2));
        run(transport, () => Promise.resolve([]));
        await until(async () => (await transport.deadLetters()).length === 2, { what: 'both are put aside' });
      }));

    it('reads again from where a handler asks it to', () =>
      using(async (transport) => {
        const seen = new Seen();
        let sought = false;
        await transport.publish(recordsOf(1, 4));
        run(transport, (batch, context) => {
          batch.forEach((record) => seen.add(record));
          const first = batch[0];
          if (!sought && first && batch.some((record) => textOf(record) === '3')) {
            sought = true;
            context.seek(first.offset);
          }
          return Promise.resolve(batch.map(() => done));
        });
        await until(async () => (await transport.committed()) === 4, { what: 'all are committed' });
        expect(seen.count).toBeGreaterThan(4);
        expect(seen.distinct(phoneOf(0))).toEqual(['0', '1', '2', '3']);
      }));

    it('reads again from where it is asked to on a partition on which nothing comes, once it is at rest', () =>
      using(async (transport) => {
        const seen = new Seen();
        let from: string | undefined;
        await transport.publish(recordsOf(1, 4));
        const strategy = run(
          transport,
          each((record) => (seen.add(record), done)),
        );
        const own = partitionOf(phoneOf(0), transport.partitions);
        strategy.rereadWhere(transport.topic, ({ partition }) => {
          if (partition !== own) return Promise.resolve(undefined);
          const asked = from;
          from = undefined;
          return Promise.resolve(asked);
        });
        await until(async () => (await transport.committed()) === 4, { what: 'all are committed' });
        from = '2';
        await until(() => seen.byPhone.get(phoneOf(0))?.length === 6 || undefined, {
          what: 'two came again',
        });
        expect(seen.byPhone.get(phoneOf(0))).toEqual(['0', '1', '2', '3', '2', '3']);
        await until(async () => (await transport.committed()) === 4, { what: 'it has caught up' });
      }));

    it('asks at the beginning of a membership too, and skips nothing that is still to be read', () =>
      using(async (transport) => {
        const seen = new Seen();
        await transport.publish(recordsOf(1, 4));
        const strategy = transport.strategy();
        running.push(strategy);
        let asked = 0;
        strategy.rereadWhere(transport.topic, () => Promise.resolve((asked += 1) > 40 ? undefined : '3'));
        strategy.addHandler(
          transport.topic,
          each((record) => (seen.add(record), done)),
          true,
        );
        strategy.listen((error) => {
          if (error) throw error;
        });
        await until(() => asked > 4 && seen.distinct(phoneOf(0)).length === 4, { what: 'all came' });
        expect(seen.distinct(phoneOf(0))).toEqual(['0', '1', '2', '3']);
      }));

    it('is asked again when there was no answer', () =>
      using(async (transport) => {
        const seen = new Seen();
        let failures = 2;
        await transport.publish(recordsOf(1, 2));
        const strategy = run(
          transport,
          each((record) => (seen.add(record), done)),
        );
        await until(async () => (await transport.committed()) === 2, { what: 'all are committed' });
        strategy.rereadWhere(transport.topic, () => {
          if ((failures -= 1) >= 0) return Promise.reject(new Error('the store is away'));
          return Promise.resolve(seen.count >= 4 ? undefined : '0');
        });
        await until(() => seen.count >= 4, { what: 'they came again' });
      }));

    it('loses nothing and skips nothing when it is closed during work and started again', () =>
      using(async (transport) => {
        const seen = new Seen();
        await transport.publish(recordsOf(20, 50));
        const slowly: RecordsHandler = async (batch) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          batch.forEach((record) => seen.add(record));
          return batch.map(() => done);
        };
        const first = started(transport, slowly);
        await until(() => seen.count > 0, { what: 'work is under way' });
        await first.close();
        const handled = seen.count;
        expect(await transport.committed()).toBe(handled);
        run(transport, slowly);
        await until(async () => (await transport.committed()) === 1_000, { what: 'all are committed' });
        expect(seen.count).toBe(1_000);
      }));

    it('keeps what is committed from being handed over again', () =>
      using(async (transport) => {
        await transport.publish(recordsOf(3, 3));
        const first = started(
          transport,
          each(() => done),
        );
        await until(async () => (await transport.committed()) === 9, { what: 'all are committed' });
        await first.close();
        const seen = new Seen();
        run(
          transport,
          each((record) => (seen.add(record), done)),
        );
        await transport.publish([{ key: phoneOf(0), value: 'new' }]);
        await until(async () => (await transport.committed()) === 10, { what: 'the new one is committed' });
        expect([...seen.byPhone.values()].flat()).toEqual(['new']);
      }));

    it('refuses two handlers for one topic', () =>
      using(async (transport) => {
        const strategy = transport.strategy();
        strategy.addHandler(
          transport.topic,
          each(() => done),
          true,
        );
        expect(() =>
          strategy.addHandler(
            transport.topic,
            each(() => done),
            true,
          ),
        ).toThrow('has two handlers');
        running.push(strategy);
      }));
  });
};
