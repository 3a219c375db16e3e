import { freePort } from '@stopcovid/runtime';
import { stackAccount, type RunningService } from '@stopcovid/stack';
import { connectTwilio, messagePages } from '@stopcovid/twilio';
import { authToken, heapLimit, type Stage } from '../kit';

/** A carrier that forgets none of so many texts. */
export const startCarrier = async (stage: Stage, texts: number): Promise<RunningService> =>
  stage.start('carrier-emulator', {
    ports: { emulator: await freePort() },
    env: {
      LOG_LEVEL: 'warn',
      KEEP_TOTAL: String(texts + 1_000),
      KEEP_MESSAGES: String(texts + 1_000),
      KEEP_PHONES: '80000',
    },
  });

/** The service as it is deployed, which sweeps as soon as it can and again after a few seconds. */
export const startIngress = async (stage: Stage, carrierUrl: string): Promise<RunningService> =>
  stage.start('sms-ingress', {
    ports: { ingress: await freePort() },
    env: {
      INBOUND_SWEEP_MINUTES: '0.1',
      INBOUND_SWEEP_SETTLE_SECONDS: '0',
      NODE_OPTIONS: heapLimit,
      TWILIO_API_URL: carrierUrl,
    },
  });

/** The ids of all texts that the carrier lists. */
export const listedBy = async (carrierUrl: string): Promise<ReadonlySet<string>> => {
  const access = { accountSid: stackAccount.sid, username: stackAccount.sid, password: authToken };
  const twilio = connectTwilio({ ...access, apiUrl: new URL(carrierUrl) });
  const sids = new Set<string>();
  for await (const page of messagePages(twilio, { to: stackAccount.number }))
    for (const { sid } of page) sids.add(sid);
  twilio.close();
  return sids;
};
