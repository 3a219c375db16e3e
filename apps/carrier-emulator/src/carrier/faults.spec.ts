import { type RunningApp, until } from '@stopcovid/runtime';
import { callApi, clientOf, maria, ownNumber, startEmulator, startHookServer } from '../emulator.testkit';
import { drawOrdeal, noFaults, seededRandom } from './faults';

const ordeals = (seed: number): readonly string[] => {
  const random = seededRandom(seed);
  const settings = { ...noFaults, throttle: 0.3, failAfterAccepting: 0.3, dropAfterAccepting: 0.3 };
  return Array.from({ length: 200 }, () => drawOrdeal(settings, random));
};

it('the same seed gives the same faults, another seed others', () => {
  expect(ordeals(7)).toEqual(ordeals(7));
  expect(ordeals(7)).not.toEqual(ordeals(8));
  expect(new Set(ordeals(7))).toEqual(new Set(['throttled', 'failed', 'dropped', 'answered']));
});

describe('a carrier in trouble', () => {
  let emulator: RunningApp;
  beforeEach(async () => {
    emulator = await startEmulator({ WEBHOOK_URL: 'http://127.0.0.1:9/none' });
  });
  afterEach(() => emulator.close());

  const trouble = async (settings: object): Promise<void> => {
    const { status, body } = await callApi(emulator, { method: 'PUT', path: 'settings', body: settings });
    expect(status).toBe(200);
    expect(body).toEqual({ ...noFaults, ratePerSecond: 0, carrierOptOut: false, ...settings });
  };
  const send = () => clientOf(emulator).messages.create({ to: maria, from: ownNumber, body: 'once' });
  const accepted = async () => (await clientOf(emulator).messages.list({ to: maria })).length;

  it('answers 500 although it has accepted', async () => {
    await trouble({ failAfterAccepting: 1 });
    await expect(send()).rejects.toMatchObject({ status: 500, code: 20500 });
    expect(await accepted()).toBe(1);
  });

  it('tells of every text that it accepted, oldest first, with the address of its statuses', async () => {
    const client = clientOf(emulator);
    const statusCallback = 'http://127.0.0.1:9/status?message=one';
    await client.messages.create({ to: maria, from: ownNumber, body: 'one', statusCallback });
    await client.messages.create({ to: maria, from: ownNumber, body: 'two' });
    const response = await fetch(`${emulator.url}/emulator/api/accepted`);
    expect(await response.json()).toMatchObject([
      { to: maria, body: 'one', statusCallback },
      { to: maria, body: 'two', statusCallback: null },
    ]);
    const read = (query: string) => callApi(emulator, { method: 'GET', path: `accepted${query}` });
    const [first] = (await read('')).body as { sequence: number }[];
    expect((await read(`?after=${first?.sequence}`)).body).toMatchObject([{ body: 'two' }]);
    expect((await read('?after=then')).status).toBe(400);
  });

  it('hangs up although it has accepted', async () => {
    await trouble({ dropAfterAccepting: 1 });
    await expect(send()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await accepted()).toBe(1);
  });

  it('answers 429 with Retry-After and accepts nothing', async () => {
    await trouble({ throttle: 1, retryAfterSeconds: 3 });
    await expect(send()).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(await accepted()).toBe(0);
  });

  it('answers late', async () => {
    await trouble({ answerDelayMs: 120 });
    const before = performance.now();
    await send();
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });

  it('never delivers, and says so in its callback', async () => {
    await trouble({ undelivered: 1 });
    const server = await startHookServer();
    const statusCallback = `${server.url}/status`;
    await clientOf(emulator).messages.create({ to: maria, from: ownNumber, body: 'lost', statusCallback });
    const [, last] = await server.received('/status', 2);
    expect(last?.form).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' });
    await server.close();
  });

  it('reports each status twice', async () => {
    await trouble({ duplicateCallbacks: 1 });
    const server = await startHookServer();
    const statusCallback = `${server.url}/status`;
    await clientOf(emulator).messages.create({ to: maria, from: ownNumber, body: 'x', statusCallback });
    const calls = await server.received('/status', 4);
    expect(calls.map(({ form }) => form['MessageStatus'])).toEqual([
      'sent',
      'sent',
      'delivered',
      'delivered',
    ]);
    await server.close();
  });

  it('accepts so many per second and no more, and goes on a second later', async () => {
    await trouble({ ratePerSecond: 5, retryAfterSeconds: 2 });
    const results = await Promise.allSettled(Array.from({ length: 12 }, send));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(6);
    for (const result of refused) expect(result).toMatchObject({ reason: { status: 429, code: 20429 } });
    expect(await accepted()).toBe(12 - refused.length);
    await until(
      () =>
        send().then(
          () => true,
          () => false,
        ),
      { what: 'it accepts again' },
    );
  });

  it.each([
    [{ throttle: 2 }, 'throttle'],
    [{ errorCode: 'busy' }, 'errorCode'],
    [{ errorCode: 123_456 }, 'errorCode'],
    [{ garbage: 'xml' }, 'garbage'],
    [{ answerDelayMs: -1 }, 'answerDelayMs'],
    [{ callbackDelayMs: 0.5 }, 'callbackDelayMs'],
    [{ ratePerSecond: '7' }, 'ratePerSecond'],
    [{ carrierOptOut: 'on' }, 'carrierOptOut'],
    [{ thorttle: 0.5 }, 'thorttle'],
  ])('refuses %j and names what is wrong', async (body, name) => {
    const answer = await callApi(emulator, { method: 'PUT', path: 'settings', body });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(name);
  });
});
