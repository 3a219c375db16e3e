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

const other = '+12025550180';

describe('texts whose webhook is lost', () => {
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

  const put = (path: string, body: object) => callApi(emulator, { method: 'PUT', path, body });
  const inbound = () => clientOf(emulator).messages.list({ to: ownNumber });

  it('never reach the webhook, yet stand in the message list as received, with the day of sending', async () => {
    await put('settings', { loseInbound: 1 });
    await textFrom(emulator, maria, 'lost one');
    await textFrom(emulator, other, 'lost two');
    await until(async () => (await inbound()).every(({ status }) => status === 'received'), {
      what: 'both are received',
    });
    await put('settings', { loseInbound: 0 });
    await textFrom(emulator, maria, 'not lost');
    const hooks = await server.received('/in', 1);
    expect(hooks.map(({ form }) => form['Body'])).toEqual(['not lost']);
    expect((await inbound()).map(({ body, from, direction }) => ({ body, from, direction }))).toEqual([
      { body: 'not lost', from: maria, direction: 'inbound' },
      { body: 'lost two', from: other, direction: 'inbound' },
      { body: 'lost one', from: maria, direction: 'inbound' },
    ]);
    const ofToday = await clientOf(emulator).messages.list({ to: ownNumber, dateSent: new Date() });
    expect(ofToday).toHaveLength(3);
  });

  it('can be those of one phone alone; its page says that they were lost', async () => {
    await put(`phones/${maria}/faults`, { loseInbound: 1 });
    await textFrom(emulator, maria, 'lost');
    await textFrom(emulator, other, 'not lost');
    const hooks = await server.received('/in', 1);
    expect(hooks.map(({ form }) => form['Body'])).toEqual(['not lost']);
    const phones = (await callApi(emulator, { method: 'GET', path: 'phones' })).body;
    expect(phones).toMatchObject([
      {
        number: maria,
        faults: { loseInbound: 1 },
        messages: [{ status: 'failed', note: expect.stringContaining('a fault swallowed it') }],
      },
      { number: other },
    ]);
  });

  it('are forgotten with all others on request', async () => {
    await textFrom(emulator, maria, 'one');
    await server.received('/in', 1);
    expect((await callApi(emulator, { method: 'DELETE', path: 'messages' })).status).toBe(204);
    expect(await inbound()).toEqual([]);
  });

  it('with a picture tell its address and kind', async () => {
    const media = ['https://example.com/a.jpg'];
    await callApi(emulator, { method: 'POST', path: 'texts', body: { from: maria, text: '', media } });
    const [hook] = await server.received('/in', 1);
    expect(hook?.form).toMatchObject({ NumMedia: '1', MediaUrl0: media[0], MediaContentType0: 'image/jpeg' });
    expect((await inbound())[0]).toMatchObject({ numMedia: '1', sid: expect.stringMatching(/^MM/) });
  });
});
