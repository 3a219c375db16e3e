import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@stopcovid/runtime';
import { stackProcesses, startService, untilReady } from '@stopcovid/stack';
import type { Sender } from './webhooks';

/** A server under load. */
export type Contestant = {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  readonly sender: Sender;
  readonly stop: () => Promise<void>;
};

export type Ground = { readonly root: string; readonly kafkaBrokers: string; readonly logDirectory: string };

const authToken = 'a-token-of-this-benchmark';
/** Twilio signs the address that it was given, which is a proxy's and has no port. */
const publicUrl = 'https://sms.example.org';
const sender: Sender = { url: `${publicUrl}/webhooks/twilio`, authToken };

/** The service as it is deployed: signature checked, command acknowledged by all replicas before the 200. */
export const startOurs = async ({ root, kafkaBrokers, logDirectory }: Ground): Promise<Contestant> => {
  const port = await freePort();
  const ports = { ingress: port, emulator: 0, engine: 0, sender: 0, tracker: 0 };
  const setting = { kafkaBrokers, mongodbUrl: '', ports, authToken, apiKey: '', root, pauseMs: 0 };
  const process = stackProcesses(setting).find(({ app }) => app === 'sms-ingress');
  if (process === undefined) throw new Error('the stack has no sms-ingress');
  /* A sweep now and then would cost what is measured here of webhooks. */
  const env = { ...process.env, PUBLIC_URL: publicUrl, INBOUND_SWEEP_MINUTES: '0' };
  const service = startService({ ...process, env }, { root, logDirectory });
  await untilReady(service, 60_000);
  return { name: 'ours', pid: service.pid, port, sender, stop: () => service.stop() };
};

/** A Fastify route that only answers. */
export const startBare = async (): Promise<Contestant> => {
  const port = await freePort();
  const child = fork(join(__dirname, 'bare-route.js'), { env: { ...process.env, PORT: String(port) } });
  const ended = once(child, 'exit');
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) if (child.exitCode !== null) throw new Error('the bare route ended');
  return {
    name: 'bare route',
    pid: child.pid ?? 0,
    port,
    sender,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
