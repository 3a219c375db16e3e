import { join } from 'node:path';
import { freePort } from '@stopcovid/runtime';
import { authToken, type Stage } from '../kit';
import type { Sender } from './webhooks';

/** A server under load. */
export type Contestant = {
  readonly pid: number;
  readonly port: number;
  readonly sender: Sender;
};

/** Twilio signs the address that it was given, which is a proxy's and has no port. */
const publicUrl = 'https://sms.example.org';
const sender: Sender = { url: `${publicUrl}/webhooks/twilio`, authToken };

/** The service as it is deployed: signature checked, command acknowledged by all replicas before the 200. */
export const startOurs = async (stage: Stage): Promise<Contestant> => {
  const port = await freePort();
  /* A sweep now and then would cost what is measured here of webhooks. */
  const env = { PUBLIC_URL: publicUrl, INBOUND_SWEEP_MINUTES: '0', MONGODB_URL: '' };
  const { pid } = await stage.start('sms-ingress', { ports: { ingress: port }, env });
  return { pid, port, sender };
};

/** A Fastify route that only answers. */
export const startBare = async (stage: Stage): Promise<Contestant> => {
  const port = await freePort();
  const { pid } = await stage.startProcess({
    app: 'bare-route',
    url: `http://127.0.0.1:${port}`,
    env: { PORT: String(port) },
    program: [join(__dirname, 'bare-route.js')],
  });
  return { pid, port, sender };
};
