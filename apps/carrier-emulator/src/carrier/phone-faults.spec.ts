import { type RunningApp, until } from '@stopcovid/runtime';
import {
  callApi,
  clientOf,
  maria,
  ownNumber,
  startEmulator,
  startHookServer,
  textFrom,
  type HookServer,
} from '../emulator.testkit';
import type { PhoneFaults } from './faults';

const other = '+12025550180';

describe('one phone’s own faults', () => {
  let server: HookServer;
  let emulator: RunningApp;
  beforeEach(async () => {
    server = await startHookServer();
    emulator = await startEmulator({ WEBHOOK_URL: `${server.url}/in` });
  });
  afterEach(async () => {
    await emulator.close();
    await server.close();
  });

  const path = (phone: string) => `phones/${encodeURIComponent(phone)}/faults`;
  const give = async (faults: Partial<PhoneFaults>, phone = maria): Promise<void> => {
    const { status } = await callApi(emulator, { method: 'PUT', path: path(phone), body: faults });
    expect(status).toBe(200);
  };
  const send = (to = maria, id = 'x') =>
    clientOf(emulator).messages.create({
      to,
      from: ownNumber,
      body: 'x',
      statusCallback: `${server.url}/status?id=${id}`,
    });
  const listed = async (to = maria) => (await clientOf(emulator).messages.list({ to })).length;
  const statuses = async (count: number) =>
    (await server.received('/status?id=x', count)).map(({ form }) => form['MessageStatus']);

  it('are set, added to, read and taken away', async () => {
    await give({ throttle: 1 });
    await give({ retryAfterSeconds: 9 });
    const read = () => callApi(emulator, { method: 'GET', path: path(maria) });
    expect(await read()).toEqual({ status: 200, body: { throttle: 1, retryAfterSeconds: 9 } });
    await expect(send()).rejects.toMatchObject({ status: 429 });
    await expect(send(other)).resolves.toMatchObject({ status: 'queued' });
    expect((await callApi(emulator, { method: 'DELETE', path: path(maria) })).status).toBe(204);
    expect(await read()).toEqual({ status: 200, body: {} });
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });

  it('come before those of all', async () => {
    await callApi(emulator, { method: 'PUT', path: 'settings', body: { throttle: 1 } });
    await give({ throttle: 0 });
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
    await expect(send(other)).rejects.toMatchObject({ status: 429 });
  });

  it('belong to a number; anything else is refused with a clear 400', async () => {
    const answer = await callApi(emulator, { method: 'PUT', path: path('maria'), body: { throttle: 1 } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('E.164');
    const wrong = await callApi(emulator, { method: 'PUT', path: path(maria), body: { ratePerSecond: 1 } });
    expect(wrong.status).toBe(400);
  });

  it('answer late, fail or hang up only for this phone', async () => {
    await give({ failAfterAccepting: 1 });
    await expect(send()).rejects.toMatchObject({ status: 500, code: 20500 });
    await give({ failAfterAccepting: 0, dropAfterAccepting: 1 });
    await expect(send()).rejects.toThrow(/socket hang up|ECONNRESET/);
    await give({ dropAfterAccepting: 0, answerDelayMs: 120 });
    const before = performance.now();
    await send();
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
    expect(await listed()).toBe(3);
  });

  it('keep status callbacks back', async () => {
    await give({ missingCallbacks: 1 });
    const { sid } = await send();
    await until(async () => (await clientOf(emulator).messages(sid).fetch()).status === 'delivered', {
      what: 'it is delivered',
    });
    await send(other, 'other');
    await server.received('/status?id=other', 2);
    expect(server.hooks.filter(({ path: at }) => at === '/status?id=x')).toEqual([]);
  });

  it('turn the order of status callbacks round', async () => {
    await give({ reorderCallbacks: 1 });
    await send();
    expect(await statuses(2)).toEqual(['delivered', 'sent']);
  });

  it('double and delay status callbacks', async () => {
    await give({ duplicateCallbacks: 1, callbackDelayMs: 150 });
    const before = performance.now();
    await send();
    expect(await statuses(4)).toEqual(['sent', 'sent', 'delivered', 'delivered']);
    expect(performance.now() - before).toBeGreaterThanOrEqual(150);
  });

  it('list a message only after a while', async () => {
    await give({ listLagMs: 200 });
    const { sid } = await send();
    await send(other);
    expect(await listed()).toBe(0);
    expect(await listed(other)).toBe(1);
    expect((await clientOf(emulator).messages(sid).fetch()).sid).toBe(sid);
    await until(async () => (await listed()) === 1, { what: 'it is listed' });
  });

  it('answer each page of the list late', async () => {
    await give({ listDelayMs: 120 });
    await send();
    const before = performance.now();
    expect(await listed()).toBe(1);
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });

  it('call the webhook of a text late and twice', async () => {
    await give({ duplicateInbound: 1, inboundDelayMs: 100 });
    const before = performance.now();
    await textFrom(emulator, maria, 'hello');
    const [first, second] = await server.received('/in', 2);
    expect(performance.now() - before).toBeGreaterThanOrEqual(95);
    expect(second?.form).toEqual(first?.form);
  });

  it('let a text be overtaken by the next, and send it by itself when there is none', async () => {
    await give({ reorderInbound: 1 });
    for (const body of ['one', 'two', 'three']) await textFrom(emulator, maria, body);
    const hooks = await server.received('/in', 3);
    expect(hooks.map(({ form }) => form['Body'])).toEqual(['two', 'one', 'three']);
  });

  it.each(['html', 'truncated', 'errorIn200'] as const)(
    'answer %s although the message was accepted',
    async (garbage) => {
      await give({ garbage });
      if (garbage === 'errorIn200') expect(await send()).toMatchObject({ sid: undefined, status: 500 });
      else await expect(send()).rejects.toThrow(SyntaxError);
      expect(await listed()).toBe(1);
    },
  );

  it('hide a refusal under the status 200', async () => {
    await give({ garbage: 'errorIn200', errorCode: 21_610 });
    const response = await fetch(
      `${emulator.url}/2010-04-01/Accounts/${clientOf(emulator).accountSid}/Messages.json`,
      {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${clientOf(emulator).accountSid}:a-token-for-tests`)}` },
        body: new URLSearchParams({ To: maria, From: ownNumber, Body: 'x' }),
      },
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ code: 21_610 });
    expect(await listed()).toBe(0);
  });

  it.each(['html', 'truncated', 'errorIn200'] as const)('answer the list with %s', async (listGarbage) => {
    await send();
    await give({ listGarbage });
    await expect(listed()).rejects.toThrow();
    await expect(listed(other)).resolves.toBe(0);
    await give({ listGarbage: 'none' });
    await expect(listed()).resolves.toBe(1);
  });
});
