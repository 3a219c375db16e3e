import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig, type RunningApp, until } from '@stopcovid/runtime';
import { connectTwilio, type Twilio, type TwilioAccess } from '@stopcovid/twilio';
import { CarrierEmulatorConfig } from './config';
import { startCarrierEmulator } from './start';

export const accountSid = 'AC0123456789abcdef0123456789abcdef';
export const authToken = 'a-token-for-tests';
export const ownNumber = '+12025550100';
export const maria = '+12025550143';

/** A call that a webhook got. */
export type Hook = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly form: Readonly<Record<string, string>>;
};

/** A small server in the service's place: remembers what it gets and answers as told. */
export type HookServer = {
  readonly url: string;
  readonly hooks: readonly Hook[];
  answerWith(...statuses: readonly number[]): void;
  /** Resolves with all calls once there are so many of them at this path. */
  received(path: string, count: number): Promise<readonly Hook[]>;
  close(): Promise<void>;
};

const addressOf = (server: Server): string => {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Starts a hook server; `onHook` may react to a call before it is answered. */
export const startHookServer = async (
  onHook: (hook: Hook) => void = () => undefined,
): Promise<HookServer> => {
  const hooks: Hook[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
      const hook = { path: request.url ?? '', headers: request.headers, form };
      hooks.push(hook);
      onHook(hook);
      response.writeHead(statuses.shift() ?? 200, { 'Content-Type': 'application/xml' });
      response.end('<Response></Response>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (path: string) => hooks.filter((hook) => hook.path === path);
  return {
    url: addressOf(server),
    hooks,
    answerWith: (...next) => void statuses.push(...next),
    received: async (path, count) => {
      await until(() => at(path).length >= count, { what: `${count} calls of ${path}` });
      return at(path);
    },
    close: () => closeServer(server),
  };
};

/** An emulator on a free port, quick and quiet, with what a test wants different. */
export const startEmulator = (settings: Readonly<Record<string, string>>): Promise<RunningApp> => {
  const config = loadConfig(CarrierEmulatorConfig, {
    PORT: '0',
    ACCOUNT_SID: accountSid,
    AUTH_TOKEN: authToken,
    NUMBER: ownNumber,
    STEP_MS: '5',
    LOG_LEVEL: 'error',
    PHONES: `${maria}=Maria`,
    ...settings,
  });
  return startCarrierEmulator(config);
};

/** Calls the emulator's own API with JSON; answers with the status and what was said. */
export const callApi = async (
  emulator: RunningApp,
  call: { readonly method: string; readonly path: string; readonly body?: object },
): Promise<{ readonly status: number; readonly body: unknown }> => {
  const response = await fetch(`${emulator.url}/emulator/api/${call.path}`, {
    method: call.method,
    ...(call.body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(call.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};

/** Types a text on a phone. */
export const textFrom = async (emulator: RunningApp, from: string, text: string): Promise<void> => {
  const { status } = await callApi(emulator, { method: 'POST', path: 'texts', body: { from, text } });
  if (status !== 201) throw new Error(`the emulator did not take the text: ${status}`);
};

/** The twilio package's own client, as our services call with it, pointed at the emulator. */
export const clientOf = (
  emulator: RunningApp,
  { username = accountSid, password = authToken, ...account }: Partial<Omit<TwilioAccess, 'apiUrl'>> = {},
): Twilio['client'] =>
  connectTwilio({ accountSid, username, password, ...account, apiUrl: new URL(emulator.url) }).client;
