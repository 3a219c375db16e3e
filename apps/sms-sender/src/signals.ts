import { maskPhone, type Runtime } from '@stopcovid/runtime';
import type { BatchParts } from './intake/handle-batches';
import type { StatusParts } from './intake/handle-statuses';
import type { Dispatcher, DispatcherSignals } from './dispatch/dispatcher';
import { isOwnCode, ownFailures } from './outbox/failure-codes';
import type { OutboxItem } from './outbox/outbox';
import type { PressureParts } from './dispatch/pressure';
import { remedies } from './dispatch/refusals';
import type { OutboxStore } from './store/outbox-store';
import type { UnreadableOutboxes, UnreadableParts } from './store/unreadable-outboxes';
import type { SendResult } from './carrier/text-gateway';
import { isQuietHours, reportedDispositionOf, twilioErrors } from '@stopcovid/twilio';

const codeOf = (result: SendResult): string => (result.kind === 'refused' ? result.code : 'none');

const mustBeLookedAt: ReadonlySet<string> = new Set(['account', 'sender', 'configuration']);

const alarmOf = (code: string): string | undefined => {
  if (isOwnCode(code)) return ownFailures[code].alarm;
  if (isQuietHours(code)) return 'quiet-hours';
  return mustBeLookedAt.has(twilioErrors[code]?.disposition ?? 'permanent') ? 'text-not-sent' : undefined;
};

const refusedWords = {
  account: 'the account is refused: nothing is sent',
  sender: 'the number or messaging service that sends is refused: its texts wait',
} as const;

/** Counts and logs what the dispatcher does: ids and codes, never a number or a text. */
export const dispatcherSignals = ({ logger, metrics }: Runtime): DispatcherSignals => {
  const calls = metrics.counter('sms_sender_calls_total', 'Calls to the carrier by their result.', [
    'result',
    'code',
  ]);
  const seconds = metrics.histogram('sms_sender_call_seconds', 'How long the carrier took.', ['result']);
  const settled = metrics.counter('sms_sender_settled_total', 'Texts by what became of them.', [
    'state',
    'code',
  ]);
  const age = metrics.histogram('sms_sender_text_seconds', 'From the event to the carrier’s yes.', ['kind']);
  return {
    announced: ({ id, kind, createdAt, delivery }: OutboxItem) => {
      const code = delivery.status === 'FAILED' ? delivery.code : 'none';
      settled.inc({ state: delivery.status, code });
      if (delivery.status === 'SENT') age.observe({ kind }, Math.max(0, delivery.at - createdAt) / 1_000);
      if (delivery.status !== 'FAILED') return;
      const alarm = alarmOf(code);
      if (alarm) logger.error({ alarm, messageId: id, code }, 'somebody must look at this text');
      else logger.warn({ messageId: id, code }, 'text not sent');
    },
    result: (result, tookMs) => {
      calls.inc({ result: result.kind, code: codeOf(result) });
      seconds.observe({ result: result.kind }, tookMs / 1_000);
      if (result.kind === 'unknown')
        logger.warn({ reason: result.reason }, 'the carrier may have a text: its list will be asked');
    },
    refused: (who, { sender, code }) =>
      logger.error({ alarm: `${who}-refused`, sender, code, remedy: remedies[who] }, refusedWords[who]),
    accepted: (who, sender) => logger.info({ who, sender }, 'no longer refused: texts go on'),
    trouble: (error) => logger.error({ err: error }, 'the dispatcher could not go on and tries again'),
  };
};

/** An alarm for each phone that begins to wait, and how many wait: readiness tells, and stays. */
export const reportSlices = ({ logger, metrics, health }: Runtime): BatchParts['report'] => {
  const waiting = metrics.gauge(
    'sms_sender_phones_without_batches',
    'Phones whose batches wait while the others go on.',
  );
  let phones = 0;
  waiting.set(0);
  health.register(
    'intake',
    () => (phones === 0 ? { up: true } : { up: true, detail: `${phones} phones wait` }),
    'ready',
  );
  return ({ began, rereads, waitingPhones, held }) => {
    phones = waitingPhones;
    waiting.set(phones);
    for (const { phone, partition, after, readFrom, found, because, reason } of began)
      logger.error(
        {
          alarm: 'phone-waits',
          phone: maskPhone(phone),
          partition,
          after,
          readFrom,
          found,
          because,
          reason,
        },
        'a phone waits; the others go on',
      );
    for (const { phone, from } of rereads)
      logger.warn({ phone: maskPhone(phone), from }, 'the topic is read again for a phone');
    if (held !== undefined) logger.error({ err: held }, 'event batches could not be taken in');
  };
};

/** An alarm for each outbox that cannot be read: its phone waits, and the others go on. */
export const unreadableSignals = ({ logger, metrics }: Runtime): Pick<UnreadableParts, 'onUnreadable'> => {
  const found = metrics.counter('sms_sender_unreadable_total', 'Outboxes that were found unreadable.');
  return {
    onUnreadable: (phone, reason) => {
      found.inc();
      logger.error(
        { alarm: 'outbox-unreadable', phone: maskPhone(phone), reason },
        'an outbox cannot be read: its phone waits',
      );
    },
  };
};

/** Ready all the same: one more replica would not read it either. */
export const showUnreadable = ({ health }: Runtime, unreadable: UnreadableOutboxes): void =>
  health.register(
    'outboxes',
    () =>
      unreadable.count === 0
        ? { up: true }
        : { up: true, detail: `${unreadable.count} cannot be read: those phones wait` },
    'ready',
  );

/** Counts failures that the carrier reports afterwards, with an alarm for those that somebody must look at. */
export const statusSignals = ({ logger, metrics }: Runtime): Pick<StatusParts, 'onReport' | 'onTrouble'> => {
  const failures = metrics.counter(
    'sms_sender_reported_failures_total',
    'Failures reported after the call.',
    ['code'],
  );
  return {
    onReport: ({ messageId, errorCode: code }) => {
      if (code === undefined) return;
      failures.inc({ code });
      if (isQuietHours(code))
        logger.error({ alarm: 'quiet-hours', messageId, code }, 'Twilio’s quiet hours kept a text back');
      else if (mustBeLookedAt.has(reportedDispositionOf(code)))
        logger.error({ alarm: 'carrier-reported', messageId, code }, 'the carrier refused a text afterwards');
    },
    onTrouble: (error) => logger.error({ err: error }, 'status reports could not be settled'),
  };
};

/** Shows what waits. That many wait is no failure, so nothing raises an alarm. */
export const pressureSignals = ({ logger, metrics }: Runtime): Pick<PressureParts, 'onLook' | 'onFailed'> => {
  const phones = metrics.gauge(
    'sms_sender_waiting_phones',
    'Phones that wait for scheduled texts, counted up to SMS_BACKLOG_LIMIT.',
  );
  const pressed = metrics.gauge(
    'sms_sender_pressed',
    '1 while so many wait that no schedule should add to it.',
  );
  return {
    onLook: (now, before) => {
      phones.set(now.waiting);
      pressed.set(now.pressed ? 1 : 0);
      if (now.pressed === before.pressed) return;
      const { waiting, limit } = now;
      if (now.pressed) logger.warn({ waiting, limit }, 'many phones wait: schedules should start no drills');
      else logger.info({ waiting, limit }, 'fewer phones wait: schedules may start drills again');
    },
    onFailed: (err) => logger.warn({ err }, 'the waiting phones could not be counted; the last count holds'),
  };
};

/** Shows for how many phones replies are overdue, counted up to ten thousand; unknown while the store is away. */
export const showAwaited = ({ metrics, clock }: Runtime, store: Pick<OutboxStore, 'waiting'>): void => {
  const awaited = metrics.gauge(
    'sms_sender_awaited_phones',
    'Phones whose replies are due and not yet sent.',
  );
  metrics.beforeTelling(async () => {
    awaited.set(Number.NaN);
    awaited.set(await store.waiting({ priority: 'first', until: clock.now(), most: 10_000 }));
  });
};

/** Not ready while the account or the default sender is refused; another sender is a detail. And a gauge of the calls under way. */
export const showDispatcher = ({ health, metrics }: Runtime, dispatcher: Dispatcher): void => {
  const inFlight = metrics.gauge('sms_sender_in_flight', 'Phones that are being worked on.');
  const check = () => {
    inFlight.set(dispatcher.inFlight);
    const { stoppedBy, others } = dispatcher.refusals;
    if (stoppedBy !== undefined) return { up: false, detail: stoppedBy };
    return others.length === 0 ? { up: true } : { up: true, detail: `refused: ${others.join('; ')}` };
  };
  health.register('carrier', check, 'ready');
};

/** Says that what is on record of a waiting phone cannot be read: its id, which is the phone, and the fields at fault. */
export const tellSpoiltWaiting =
  ({ logger }: Pick<Runtime, 'logger'>) =>
  (id: string, reason: string): void =>
    logger.error(
      { alarm: 'waiting-phone-unreadable', phone: maskPhone(id), reason },
      'the record of a waiting phone cannot be read: nothing is sent to it until its batches were read again',
    );
