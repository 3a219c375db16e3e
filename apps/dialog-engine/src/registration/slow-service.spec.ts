import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { batchesOf, bob, contextWith, engineWith, recordOf, text } from '../engine.testkit';
import { httpRegistration } from './http-registration';
import { firstKnown } from './registration';
import { builtInRegistration, inMemoryRegistrationCodes } from './registration-codes';

const limitMs = 600;
const numbers = Array.from({ length: 500 }, (_, number) => number);
const phoneOf = (number: number): Phone => phoneSchema.parse(`+1202556${1_000 + number}`);

/** An engine whose codes are all known outside, to a service that answers as told. */
const engineBeside = async (listener: RequestListener) => {
  const service = createServer(listener);
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const outside = httpRegistration({
    url: `http://127.0.0.1:${(service.address() as AddressInfo).port}/`,
    token: undefined,
    timeoutMs: limitMs,
    cacheMs: 60_000,
    now: () => performance.now(),
    onUnavailable: () => undefined,
  });
  const own = builtInRegistration(inMemoryRegistrationCodes());
  const stop = async (): Promise<void> => {
    outside.close();
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
  };
  return { ...engineWith({ registration: firstKnown([own, outside]) }), stop };
};

const after =
  (ms: number): RequestListener =>
  (_request, response) =>
    void setTimeout(() => response.end('{"valid":true}'), ms);
/** Answers within the limit, with room for a machine that has other work to do. */
const slowly = after(limitMs / 2);

describe('a slow registration service', () => {
  it('delays the phones that need it alone, and these no longer than a small multiple of its limit', async () => {
    const { handle, publisher, stop } = await engineBeside(slowly);
    const eventsOf = (phone: Phone) =>
      batchesOf(publisher.published, phone).flatMap(({ events }) => events.map(({ type }) => type));
    const codes = numbers.map((number) =>
      recordOf(text(phoneOf(number), `c${number}`, `CODE${1_000 + number}`), number),
    );
    const startedAt = performance.now();
    const handled = handle([...codes, recordOf(text(bob, 'b1', 'HELP'), 500)], contextWith('0'));
    await until(() => eventsOf(bob).length > 0, { limitMs: 1_000 });
    expect(publisher.published).toHaveLength(1);
    const outcomes = await handled;
    expect(performance.now() - startedAt).toBeLessThan(5 * limitMs);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
    const became = numbers.map((number) => eventsOf(phoneOf(number))[0]);
    expect(new Set(became)).toEqual(new Set(['TraineeRegistered', 'RegistrationUnavailable']));
    expect(became.filter((type) => type === 'TraineeRegistered').length).toBeGreaterThanOrEqual(16);
    await stop();
  });

  it('is asked once for a class that registers by one code, and all of it is registered', async () => {
    let asked = 0;
    const { handle, publisher, stop } = await engineBeside((request, response) => {
      asked += 1;
      slowly(request, response);
    });
    const texts = numbers.map((number) => recordOf(text(phoneOf(number), `c${number}`, 'CLASS7'), number));
    await handle(texts, contextWith('0'));
    expect(asked).toBe(1);
    const types = numbers.map(
      (number) => batchesOf(publisher.published, phoneOf(number))[0]?.events[0]?.type,
    );
    expect(new Set(types)).toEqual(new Set(['TraineeRegistered']));
    await stop();
  });

  it('leaves the texts of one phone in their order, whichever of them need it', async () => {
    const { handle, publisher, stop } = await engineBeside(slowly);
    const said = ['HELP', 'CODE1000', 'MORE'].map((words, place) =>
      recordOf(text(bob, `b${place}`, words), place),
    );
    await handle(said, contextWith('0'));
    expect(batchesOf(publisher.published, bob).map(({ commandId }) => commandId)).toEqual(['b0', 'b1', 'b2']);
    await stop();
  });
});
