import type { KafkaConnection, Publisher } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import type { Runtime } from '@stopcovid/runtime';
import { connectTwilio, mediaListOf } from '@stopcovid/twilio';
import { carrierList } from './carrier-list';
import type { SweepSettings } from './config';
import { sweepInbound } from './inbound-sweep';
import { knownCommands } from './known-commands';
import { mongoSweepTurns } from './mongo-sweep-turns';
import { sweepByTurns } from './sweep-schedule';
import { turnMsFor } from './sweep-turn';

/** Looks for texts that never came by webhook, in the background. */
export type InboundSweep = {
  readonly start: () => void;
  /** Ends it at once, whatever a sweep that is under way waits for. */
  readonly stop: () => Promise<void>;
};

type InboundSweepParts = {
  readonly runtime: Runtime;
  readonly kafka: KafkaConnection;
  readonly publisher: Publisher;
};

const longestAskMs = 30_000;

/** Sweeps the carrier's list from when MongoDB answers first: webhooks wait for none of this. */
export const inboundSweep = (settings: SweepSettings, parts: InboundSweepParts): InboundSweep => {
  const { runtime, kafka, publisher } = parts;
  const { access, numbers, policy, mongoUrl, environment } = settings;
  const twilio = connectTwilio(access);
  const stopping = new AbortController();
  const sweepParts = {
    list: carrierList(twilio, numbers),
    knownSince: knownCommands(kafka),
    publisher,
    now: Date.now,
    mediaOf: (sid: string) => mediaListOf(access.accountSid, sid),
    policy,
  };
  const run = async (): Promise<void> => {
    const connection = await connectMongo({
      url: mongoUrl.reveal(),
      appName: 'sms-ingress',
      environment,
      logger: runtime.logger,
      until: stopping.signal,
    });
    await sweepByTurns({
      runtime,
      turns: mongoSweepTurns(connection, { turnMs: turnMsFor(policy.everyMs) }),
      sweep: (turn) => sweepInbound(sweepParts, turn, stopping.signal),
      askEveryMs: Math.min(policy.everyMs, longestAskMs),
      until: stopping.signal,
    });
    await connection.close();
  };
  const failed = (error: unknown): void => {
    if (stopping.signal.aborted) return;
    const reason = error instanceof Error ? error.message : 'unknown cause';
    runtime.logger.error({ reason }, 'the carrier’s list will not be swept');
  };
  let running: Promise<void> | undefined;
  return {
    start: () => {
      running ??= run().catch(failed);
    },
    stop: async () => {
      stopping.abort();
      await running;
      twilio.close();
    },
  };
};
