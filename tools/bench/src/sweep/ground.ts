import type { Parts } from '@stopcovid/real-parts';
import { freePort } from '@stopcovid/runtime';
import { connectTwilio, messagePages } from '@stopcovid/twilio';
import {
  stackAccount,
  stackProcesses,
  startService,
  untilReady,
  type RunningService,
} from '@stopcovid/stack';

/** Where everything is. */
export type Ground = {
  readonly parts: Parts;
  readonly root: string;
  readonly logDirectory: string;
  readonly ports: { readonly emulator: number; readonly ingress: number };
};

const authToken = 'a-token-of-this-benchmark';
const readyMs = 60_000;

export const openGround = async (given: Omit<Ground, 'ports'>): Promise<Ground> => ({
  ...given,
  ports: { emulator: await freePort(), ingress: await freePort() },
});

type App = 'carrier-emulator' | 'sms-ingress';

const start = async (
  { parts, root, logDirectory, ports }: Ground,
  ...[app, env]: readonly [App, Readonly<Record<string, string>>]
): Promise<RunningService> => {
  const found = stackProcesses({
    kafkaBrokers: parts.kafkaBrokers,
    mongodbUrl: `${parts.mongodbUrl.replace(/\/$/, '')}/bench_sweep_${process.pid}`,
    ports: { ...ports, engine: 0, sender: 0, tracker: 0 },
    authToken,
    apiKey: '',
    root,
    pauseMs: 0,
  }).find((each) => each.app === app);
  if (found === undefined) throw new Error(`the stack has no ${app}`);
  const service = startService({ ...found, env: { ...found.env, ...env } }, { root, logDirectory });
  await untilReady(service, readyMs);
  return service;
};

/** A carrier that forgets none of so many texts. */
export const startCarrier = (ground: Ground, texts: number): Promise<RunningService> =>
  start(ground, 'carrier-emulator', {
    LOG_LEVEL: 'warn',
    KEEP_TOTAL: String(texts + 1_000),
    KEEP_MESSAGES: String(texts + 1_000),
    KEEP_PHONES: '80000',
  });

/** What a container of 300 MB leaves to the heap; without a limit Node collects garbage late on a large machine. */
const heapLimit = '--max-old-space-size=192';

/** The service as it is deployed, which sweeps as soon as it can and again after a few seconds. */
export const startIngress = (ground: Ground): Promise<RunningService> =>
  start(ground, 'sms-ingress', {
    INBOUND_SWEEP_MINUTES: '0.1',
    INBOUND_SWEEP_SETTLE_SECONDS: '0',
    NODE_OPTIONS: heapLimit,
  });

/** The ids of all texts that the carrier lists. */
export const listedBy = async ({ ports }: Ground): Promise<ReadonlySet<string>> => {
  const access = { accountSid: stackAccount.sid, username: stackAccount.sid, password: authToken };
  const twilio = connectTwilio({ ...access, apiUrl: new URL(`http://127.0.0.1:${ports.emulator}`) });
  const sids = new Set<string>();
  for await (const page of messagePages(twilio, { to: stackAccount.number }))
    for (const { sid } of page) sids.add(sid);
  twilio.close();
  return sids;
};
