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

describe('a carrier that keeps consent itself', () => {
  let server: HookServer;
  let emulator: RunningApp;
  beforeEach(async () => {
    server = await startHookServer();
    emulator = await startEmulator({ WEBHOOK_URL: `${server.url}/in`, CARRIER_OPT_OUT: 'on' });
  });
  afterEach(async () => {
    await emulator.close();
    await server.close();
  });

  const send = (to = maria) =>
    clientOf(emulator).messages.create({
      to,
      from: to.startsWith('whatsapp:') ? `whatsapp:${ownNumber}` : ownNumber,
      body: 'x',
    });
  const optOutTypes = async (count: number) =>
    (await server.received('/in', count)).map(({ form }) => form['OptOutType']);
  const answers = async () => {
    const all = await clientOf(emulator).messages.list({ to: maria });
    return all.filter(({ direction }) => direction === 'outbound-reply').map(({ body }) => body);
  };

  it.each(['STOP', ' stop', 'Unsubscribe', 'END', 'quit', 'STOPALL', 'revoke', 'OPTOUT', 'cancel'])(
    'refuses with 21610 after %j, tells the webhook and answers in the service’s place',
    async (word) => {
      await textFrom(emulator, maria, word);
      expect(await optOutTypes(1)).toEqual(['STOP']);
      await expect(send()).rejects.toMatchObject({ status: 400, code: 21_610 });
      expect(await answers()).toEqual([expect.stringContaining('no more texts')]);
      await expect(send('+12025550180')).resolves.toMatchObject({ status: 'queued' });
    },
  );

  it.each(['START', 'yes', 'Unstop'])('sends again after %j', async (word) => {
    await textFrom(emulator, maria, 'STOP');
    await textFrom(emulator, maria, word);
    expect(await optOutTypes(2)).toEqual(['STOP', 'START']);
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
    expect(await answers()).toHaveLength(2);
  });

  it('answers HELP, which changes nothing', async () => {
    await textFrom(emulator, maria, 'help');
    expect(await optOutTypes(1)).toEqual(['HELP']);
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
    expect(await answers()).toHaveLength(1);
  });

  it.each(['please stop', 'STOP.', 'stop texting me'])('leaves %j to the service', async (text) => {
    await textFrom(emulator, maria, text);
    expect(await optOutTypes(1)).toEqual([undefined]);
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });

  it('leaves WhatsApp to the service', async () => {
    await textFrom(emulator, `whatsapp:${maria}`, 'STOP');
    expect(await optOutTypes(1)).toEqual([undefined]);
    await expect(send(`whatsapp:${maria}`)).resolves.toMatchObject({ status: 'queued' });
  });

  it('leaves consent to the service once that is switched off, and shows the phone so', async () => {
    await textFrom(emulator, maria, 'STOP');
    const optedOut = async () =>
      (await callApi(emulator, { method: 'GET', path: 'phones' })).body as { optedOut: boolean }[];
    await until(async () => (await optedOut())[0]?.optedOut === true, { what: 'the phone says so' });
    await callApi(emulator, { method: 'PUT', path: 'settings', body: { carrierOptOut: false } });
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
    expect((await optedOut())[0]?.optedOut).toBe(false);
    await textFrom(emulator, maria, 'STOP');
    expect(await optOutTypes(2)).toEqual(['STOP', undefined]);
  });

  it('leaves consent to the service by default', async () => {
    await emulator.close();
    emulator = await startEmulator({ WEBHOOK_URL: `${server.url}/in` });
    await textFrom(emulator, maria, 'STOP');
    expect(await optOutTypes(1)).toEqual([undefined]);
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });
});
