import { type HeldPartitions, keepCheckpoints, type RecordsHandler } from '@stopcovid/kafka';
import { pause } from '@stopcovid/runtime';
import { inGsm7, textsFor } from '@stopcovid/sms-copy';
import { idKeyOf, policyOf } from './config';
import { announceBy } from './dispatch/announce';
import { KeptAgenda } from './dispatch/kept-agenda';
import { Dispatcher, type DispatcherParts, type DispatcherSignals } from './dispatch/dispatcher';
import { SettledTexts } from './dispatch/settled-texts';
import { tokenBucket } from './dispatch/token-bucket';
import { BatchIntake, type BatchParts } from './intake/handle-batches';
import { StatusIntake } from './intake/handle-statuses';
import { messageIds } from './intake/message-id';
import type { SenderSetting } from './sender-parts';
import {
  dispatcherSignals,
  reportSlices,
  showDispatcher,
  showAwaited,
  showUnreadable,
  statusSignals,
  unreadableSignals,
} from './signals';
import type { OutboxStore } from './store/outbox-store';
import { RecentOutboxes } from './store/recent-outboxes';
import { UnreadableOutboxes } from './store/unreadable-outboxes';
import { BehindPhones } from './store/behind-phones';

const limits = {
  maxPending: 200,
  pollMs: 1_000,
  askEveryMs: 10_000,
  refusedPauseMs: 60_000,
  announceMs: 2_000,
} as const;

/** Those whom a text meets on its way, in that order; `outboxes` is where it waits. */
export type WayOfAText = {
  readonly takeIn: RecordsHandler;
  readonly outboxes: OutboxStore;
  readonly dispatcher: Dispatcher;
  readonly reports: StatusIntake;
};

/** The way of one text from its batch to the carrier and back. Each step is below, in the order of the way. */
export const wayOfAText = (given: SenderSetting): WayOfAText => {
  const recent = new RecentOutboxes();
  const setting = { ...given, parts: { ...given.parts, store: recent.watched(given.parts.store) } };
  const outboxes = whereItWaits(setting);
  const waiting = new BehindPhones(setting.parts.waiting);
  const agenda = whatIsDue({ ...setting, outboxes, waiting });
  const settled = new SettledTexts(() => heldBy(setting.parts));
  const dispatcher = new Dispatcher({
    ...itsTurn(setting, agenda),
    ...handedOver(setting),
    ...settledAndAnnounced(setting, settled),
  });
  showDispatcher(setting.runtime, dispatcher);
  const takeIn = intoItsOutbox({ ...setting, agenda, waiting, recent, dispatcher });
  const reports = reportedByTheCarrier({ ...setting, agenda, dispatcher, settled });
  return { takeIn, outboxes, dispatcher, reports };
};

/** A batch becomes texts, in the words of `libs/sms-copy` or of `copy.yaml`, each under an id for ever. */
const wordedFrom = ({ config, own }: SenderSetting): Pick<BatchParts, 'textsOf' | 'rules'> => {
  const copy = {
    carrierAnswers: new Set(config.SMS_CARRIER_ANSWERS),
    emojis: config.SMS_EMOJIS,
    ...(config.MEDIA_BASE_URL === undefined ? {} : { mediaBaseUrl: config.MEDIA_BASE_URL.href }),
  };
  const signed = config.SMS_PLAIN_SIGNS ? inGsm7 : (body: string) => body;
  return {
    textsOf: (batch) =>
      textsFor(batch, { ...copy, own: own.current() }).map((text) => ({ ...text, body: signed(text.body) })),
    rules: {
      idOf: messageIds(idKeyOf(config)),
      maxPending: limits.maxPending,
      isFake: (phone) => config.SMS_FAKE_NUMBERS.some((prefix) => phone.startsWith(prefix)),
    },
  };
};

type IntakeParts = { readonly waiting: BehindPhones; readonly dispatcher: Dispatcher };

/**
 * They join the queue of their phone in one write (`outbox/accept-batch.ts`), which claims what may go at once. How far
 * that went is kept beside them: an older database is known by it.
 */
const intoItsOutbox = (
  setting: SenderSetting & Kept & Pick<BatchParts, 'recent'> & IntakeParts,
): RecordsHandler => {
  const { runtime, parts, rereadWhere, agenda, waiting, recent, dispatcher } = setting;
  const intake = new BatchIntake({
    ...wordedFrom(setting),
    store: {
      load: agenda.noting(parts.store).load,
      save: (outboxes) => dispatcher.takeIn(outboxes),
    },
    recent,
    waiting,
    now: parts.now ?? runtime.clock.now,
    wake: () => dispatcher.wake(),
    report: reportSlices(runtime),
  });
  rereadWhere((place) => intake.rereadFrom(place));
  return keepCheckpoints((records, context) => intake.handle(records, context), {
    checkpoints: parts.checkpoints,
    everyMs: 1_000,
    now: Date.now,
    pause,
    onFailed: (err) => runtime.logger.warn({ err }, 'the checkpoint could not be written'),
  });
};

/** One document per phone; one that cannot be read keeps its own phone waiting, with an alarm. */
const whereItWaits = ({ runtime, parts }: SenderSetting): OutboxStore => {
  const unreadable = new UnreadableOutboxes({
    now: parts.now ?? runtime.clock.now,
    ...unreadableSignals(runtime),
  });
  showUnreadable(runtime, unreadable);
  showAwaited(runtime, parts.store);
  return unreadable.watched(parts.store);
};

const heldBy = ({ partitions, joins }: SenderSetting['parts']): HeldPartitions => ({
  partitions: partitions(),
  joins: joins(),
});

type Kept = { readonly agenda: KeptAgenda };

/** What is due on the partitions of this replica's is kept in memory, and the store is asked rarely. */
const whatIsDue = (
  setting: SenderSetting & Pick<WayOfAText, 'outboxes'> & { readonly waiting: BehindPhones },
): KeptAgenda => {
  const { parts, runtime, outboxes, waiting } = setting;
  const now = parts.now ?? runtime.clock.now;
  return new KeptAgenda({
    store: outboxes,
    waiting,
    held: () => heldBy(parts),
    now,
    everyMs: limits.askEveryMs,
  });
};

/** Its turn comes when its phone is due, and the rate has room (`turnOf`). */
const itsTurn = ({ config, parts, runtime }: SenderSetting, agenda: KeptAgenda) =>
  ({
    agenda,
    share: parts.share ?? (() => 1),
    bucket: tokenBucket(config.SMS_PER_SECOND, config.SMS_SEGMENTS_PER_SECOND),
    maxInFlight: config.SMS_IN_FLIGHT,
    pollMs: limits.pollMs,
    now: parts.now ?? runtime.clock.now,
    pause,
  }) satisfies Partial<DispatcherParts>;

/** It is claimed in the write that looks at consent, hours and age (`nextStep`), then given to the carrier once. */
const handedOver = ({ config, parts, runtime }: SenderSetting) =>
  ({
    policy: policyOf(config),
    gateway: parts.gateway,
    tracer: runtime.tracer,
    refusedPauseMs: limits.refusedPauseMs,
  }) satisfies Partial<DispatcherParts>;

/** The answer settles it (`settle`); it leaves its document once the log and the dialog were told. */
const settledAndAnnounced = ({ runtime, parts }: SenderSetting, settled: SettledTexts) => {
  const signals = dispatcherSignals(runtime);
  const announced: DispatcherSignals['announced'] = (item, of) => {
    signals.announced(item, of);
    settled.note(item, of);
  };
  return {
    announce: announceBy(parts.publisher, limits.announceMs),
    signals: { ...signals, announced },
  } satisfies Partial<DispatcherParts>;
};

/** What the carrier says of it later settles what was in doubt, sends it again, silences, pauses (`settleByReport`). */
const reportedByTheCarrier = (
  setting: SenderSetting & Kept & Pick<WayOfAText, 'dispatcher'> & { readonly settled: SettledTexts },
): StatusIntake => {
  const { config, runtime, parts, agenda, dispatcher, settled } = setting;
  return new StatusIntake({
    store: agenda.store,
    publisher: parts.publisher,
    policy: policyOf(config),
    now: parts.now ?? runtime.clock.now,
    wake: () => dispatcher.wake(),
    refused: (refusal) => dispatcher.refusals.hearReport(refusal),
    isSettled: (messageId) => settled.has(messageId),
    ...statusSignals(runtime),
  });
};
