import { type RunningApp, until } from '@stopcovid/runtime';
import {
  callApi,
  clientOf,
  maria,
  ownNumber,
  startEmulator,
  startHookServer,
  type HookServer,
} from '../emulator.testkit';
import { effectOf, knownErrors } from './error-codes';

const codes = [...knownErrors.map(({ code }) => code), 21_999, 30_999];

describe('Twilio’s error codes', () => {
  let server: HookServer;
  let emulator: RunningApp;
  beforeAll(async () => {
    server = await startHookServer();
    emulator = await startEmulator({ WEBHOOK_URL: 'http://127.0.0.1:9/none' });
  });
  afterAll(async () => {
    await emulator.close();
    await server.close();
  });

  const send = (errorCode: number) =>
    clientOf(emulator).messages.create({
      to: maria,
      from: ownNumber,
      body: String(errorCode),
      statusCallback: `${server.url}/status?id=${errorCode}`,
    });
  const listed = async () => (await clientOf(emulator).messages.list({ to: maria })).length;

  it.each(codes)('%s is made as Twilio makes it', async (errorCode) => {
    const effect = effectOf(errorCode);
    await callApi(emulator, { method: 'PUT', path: 'settings', body: { errorCode } });
    const before = await listed();
    if (effect?.kind === 'refused') {
      const { httpStatus } = effect.refusal;
      await expect(send(errorCode)).rejects.toMatchObject({ status: httpStatus, code: errorCode });
      expect(await listed()).toBe(before);
      return;
    }
    const { sid } = await send(errorCode);
    const fetch = () => clientOf(emulator).messages(sid).fetch();
    await until(async () => (await fetch()).errorCode === errorCode, { what: 'its error is known' });
    expect(await fetch()).toMatchObject({ status: effect?.status, errorMessage: effect?.error.message });
    const at = `/status?id=${errorCode}`;
    const told = async () => (await server.received(at, 1)).map(({ form }) => form['ErrorCode']);
    await until(async () => (await told()).includes(String(errorCode)), { what: 'its callback tells' });
  });

  it('0 means that all is well', async () => {
    await callApi(emulator, { method: 'PUT', path: 'settings', body: { errorCode: 0 } });
    await expect(send(0)).resolves.toMatchObject({ status: 'queued', errorCode: null });
  });
});
