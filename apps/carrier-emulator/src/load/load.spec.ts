import { type RunningApp, until } from '@stopcovid/runtime';
import { crowdNumber, crowdNumbersAtMost, isCrowdNumber } from '../carrier/crowd-numbers';
import {
  callApi,
  clientOf,
  maria,
  ownNumber,
  startEmulator,
  startHookServer,
  type Hook,
  type HookServer,
} from '../emulator.testkit';
import { placesText } from './places';

type Progress = {
  state: string;
  texts: number;
  accepted: number;
  lost: number;
  heard: number;
  waiting: number;
  stops: number;
};

it('a crowd has hundreds of thousands of different numbers, none of them on the wall or with a fake prefix', () => {
  const numbers = Array.from({ length: crowdNumbersAtMost }, (_, index) => crowdNumber(index));
  expect(crowdNumbersAtMost).toBeGreaterThan(1_000_000);
  expect(new Set(numbers).size).toBe(crowdNumbersAtMost);
  expect(numbers.every(isCrowdNumber)).toBe(true);
  expect(numbers.every((number) => /^\+1[2-9]\d\d555\d{4}$/.test(number))).toBe(true);
  expect([maria, ownNumber, '+15555550100', '+12015550200', '+12015551000'].some(isCrowdNumber)).toBe(false);
  expect(() => crowdNumber(crowdNumbersAtMost)).toThrow(RangeError);
});

describe('a load', () => {
  let server: HookServer;
  let emulator: RunningApp;
  const begin = async (onHook?: (hook: Hook) => void): Promise<void> => {
    server = await startHookServer(onHook);
    emulator = await startEmulator({ WEBHOOK_URL: `${server.url}/in`, HINT_CODES: 'SOAP' });
  };
  afterEach(async () => {
    await emulator.close();
    await server.close();
  });

  const start = (body: object) => callApi(emulator, { method: 'POST', path: 'load', body });
  const progress = async () => (await callApi(emulator, { method: 'GET', path: 'load' })).body as Progress;
  const ended = async (state: string): Promise<Progress> => {
    await until(async () => (await progress()).state === state, { what: `the load is ${state}` });
    return progress();
  };
  const quick = { thinkFromMs: 5, thinkToMs: 20 };

  it('is people in conversation: they begin with the code and answer what they are asked', async () => {
    await begin(({ form }) => {
      const body = 'How long?\na) 5 seconds\nb) 20 seconds';
      void clientOf(emulator).messages.create({ to: form['From'] ?? '', from: ownNumber, body });
    });
    expect((await progress()).state).toBe('idle');
    const behaviour = { ...quick, typo: 0, wrongWord: 0, ignore: 0, stop: 0 };
    expect((await start({ phones: 5, rampSeconds: 0, texts: 40, behaviour })).status).toBe(202);
    const { texts, heard } = await ended('finished');
    expect(texts).toBe(40);
    expect(heard).toBeGreaterThanOrEqual(35);
    const hooks = await server.received('/in', 40);
    const said = (index: number) =>
      hooks.filter(({ form }) => form['From'] === crowdNumber(index)).map(({ form }) => form['Body']);
    for (let index = 0; index < 5; index += 1) {
      const [first, ...answers] = said(index);
      expect(first).toBe('SOAP');
      for (const answer of answers) expect(answer).toMatch(/^(?:[abAB]\)?|5 seconds|20 seconds)$/);
    }
    await until(async () => (await progress()).waiting === 0, { what: 'everybody heard' });
    expect(await progress()).toMatchObject({
      replyMs: { p50: expect.any(Number), longest: expect.any(Number) },
    });
  });

  it('is the people whose places are named, and nobody else', async () => {
    await begin();
    const places = [5, 78_000, crowdNumbersAtMost - 1];
    const { body } = await start({ places: placesText(places), messagesPerSecond: 500, texts: 6 });
    expect(body).toMatchObject({ plan: { phones: 3 } });
    expect(JSON.stringify(body)).not.toContain('places');
    const hooks = await server.received('/in', 6);
    const numbers = places.map((place) => crowdNumber(place));
    expect(new Set(hooks.map(({ form }) => form['From']))).toEqual(new Set(numbers));
  });

  it('may be of 100,000 people who are named', async () => {
    await begin();
    const places = placesText(Array.from({ length: 100_000 }, (_, index) => index + (index >> 4)));
    const { status, body } = await start({ places, registered: true });
    expect([status, body]).toMatchObject([202, { plan: { phones: 100_000 }, waiting: 0 }]);
  });

  it('is texts at a given rate, which the seed repeats; lost ones stand in the list', async () => {
    await begin();
    await callApi(emulator, { method: 'PUT', path: 'settings', body: { loseInbound: 1 } });
    const run = async (seed: number): Promise<readonly string[]> => {
      await callApi(emulator, { method: 'DELETE', path: 'messages' });
      const plan = { seed, phones: 30, messagesPerSecond: 500, texts: 200 };
      expect((await start({ ...plan, behaviour: { stop: 0.05, typo: 0.3 } })).status).toBe(202);
      await ended('finished');
      await until(async () => (await progress()).lost === 200, { what: 'all webhooks are lost' });
      const list = await clientOf(emulator).messages.list({ to: ownNumber, pageSize: 150 });
      return list.map(({ from, body }) => `${from} ${body}`);
    };
    const first = await run(7);
    expect(first).toHaveLength(200);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
    expect(server.hooks).toEqual([]);
  });

  it('keeps to its rate', async () => {
    await begin();
    await start({ phones: 10, messagesPerSecond: 100, durationSeconds: 1 });
    const { texts } = await ended('finished');
    expect(texts).toBeGreaterThanOrEqual(95);
    expect(texts).toBeLessThanOrEqual(100);
  });

  it('runs alone, and ends when it is stopped', async () => {
    await begin();
    await start({ phones: 10, messagesPerSecond: 50 });
    await server.received('/in', 3);
    expect((await start({ phones: 1 })).status).toBe(409);
    const stopped = (await callApi(emulator, { method: 'DELETE', path: 'load' })).body as Progress;
    expect(stopped.state).toBe('stopped');
    await until(async () => (await progress()).accepted === stopped.texts, {
      what: 'what was on its way has arrived',
    });
    expect((await progress()).texts).toBe(stopped.texts);
    expect((await start({ phones: 1, texts: 1 })).status).toBe(202);
  });

  it('hears how every webhook ended, also of texts forgotten in the meantime', async () => {
    server = await startHookServer();
    emulator = await startEmulator({ WEBHOOK_URL: `${server.url}/in`, KEEP_TOTAL: '2' });
    await callApi(emulator, { method: 'PUT', path: 'settings', body: { inboundDelayMs: 100 } });
    await start({ phones: 10, messagesPerSecond: 500, texts: 50 });
    await until(async () => (await progress()).accepted === 50, { what: 'all are taken' });
  });

  it('leaves the wall to the phones on it', async () => {
    await begin();
    await start({ phones: 50, messagesPerSecond: 500, texts: 50 });
    await ended('finished');
    expect((await callApi(emulator, { method: 'GET', path: 'phones' })).body).toHaveLength(1);
  });

  it.each([
    [{ phones: 0 }, 'phones'],
    [{ phones: 2_000_000 }, 'phones'],
    [{ places: '' }, 'places'],
    [{ places: '0-2000000' }, 'places'],
    [{ places: [1] }, 'places'],
    [{ messagesPerSecond: -1 }, 'messagesPerSecond'],
    [{ durationSeconds: 'long' }, 'durationSeconds'],
    [{ behaviour: { typo: 3 } }, 'behaviour.typo'],
    [{ behaviour: { mood: 'sunny' } }, 'behaviour.property mood'],
    [{ speed: 1 }, 'speed'],
  ])('refuses %j and names what is wrong', async (body, name) => {
    await begin();
    const answer = await start(body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(name);
    expect((await progress()).state).toBe('idle');
  });
});
