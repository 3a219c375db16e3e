import type { EventBatch } from '@stopcovid/contracts';
import { whatsappPrefix } from '@stopcovid/twilio';
import { doubted } from './doubted';
import { hearConsent, mayJoin } from './consent';
import { failureOf } from './failure-codes';
import { erases, forget } from './forget';
import { isSettled, type Outbox, type OutboxItem, type TextKind } from './outbox';

/** A text as `sms-copy` words it. */
export type WordedText = { readonly body: string; readonly media?: string; readonly kind: TextKind };
/** Where a batch stood on its topic, and when it got here (milliseconds since 1970). */
export type Origin = { readonly partition: number; readonly offset: string; readonly at: number };
export type AcceptRules = {
  readonly idOf: (batch: EventBatch, index: number) => string;
  readonly maxPending: number;
  /** Numbers that no carrier can reach; their texts are left out. */
  readonly isFake: (number: string) => boolean;
};

const isEmpty = (text: WordedText): boolean => text.body.trim() === '' && text.media === undefined;

type Trainee = EventBatch['trainee'];

/** Where the trainee's last text came from, as the carrier writes it: undefined when that is just the phone. */
const addressIn = ({ channel, address }: Trainee, phone: string): string | undefined =>
  channel === 'whatsapp' ? `${whatsappPrefix}${address ?? phone}` : address;

const toOf = ({ trainee, phone }: EventBatch): Pick<OutboxItem, 'to'> => {
  const to = addressIn(trainee, phone);
  return to === undefined ? {} : { to };
};

/** Who the trainee is, as far as it matters to their texts. */
const traineeIn = ({
  account,
  profile,
}: Trainee): Pick<OutboxItem, 'messagingServiceSid' | 'employerId' | 'unitId' | 'language'> => ({
  ...(account.messagingServiceSid === undefined ? {} : { messagingServiceSid: account.messagingServiceSid }),
  ...(account.employerId === undefined ? {} : { employerId: account.employerId }),
  ...(account.unitId === undefined ? {} : { unitId: account.unitId }),
  language: profile.language,
});

/* A batch may end one run and begin another: the texts that began it are of the one that began. */
const drillIn = ({ events }: EventBatch, kind: TextKind): Pick<OutboxItem, 'drill'> => {
  const ofRuns = events.filter((event) => 'runId' in event && event.type !== 'DrillPostponed');
  const own = ofRuns.find(({ type }) => kind !== 'started' || type === 'DrillStarted');
  return own !== undefined && 'drill' in own && own.drill !== undefined ? { drill: own.drill } : {};
};

/** Which events say when their texts may arrive. What answers a trainee is of another kind, and goes at any hour. */
const plannedBy: Readonly<Partial<Record<TextKind, readonly string[]>>> = {
  started: ['DrillStarted'],
  reminder: ['TraineeReminded', 'SchedulePaused'],
  message: ['MessageRequested', 'ReplyRegraded'],
};

const plannedIn = ({ events, version }: EventBatch, kind: TextKind): Pick<OutboxItem, 'planned'> => {
  const types = plannedBy[kind] ?? [];
  for (const event of events) {
    if (!types.includes(event.type) || !('delivery' in event) || event.delivery === undefined) continue;
    const { notAfter, windows } = event.delivery;
    const hours = {
      notAfter: Date.parse(notAfter),
      windows: windows.map(({ opens, closes }) => ({ opens: Date.parse(opens), closes: Date.parse(closes) })),
    };
    const run = event.type === 'DrillStarted' ? { runId: event.runId } : {};
    return { planned: { ...hours, batch: version, ...run } };
  }
  return {};
};

const newItem = (batch: EventBatch, text: WordedText, id: string): OutboxItem => ({
  id,
  commandId: batch.commandId,
  ...toOf(batch),
  body: text.body,
  ...(text.media === undefined ? {} : { media: text.media }),
  kind: text.kind,
  ...traineeIn(batch.trainee),
  ...drillIn(batch, text.kind),
  ...plannedIn(batch, text.kind),
  createdAt: Date.parse(batch.at),
  attempts: 0,
  delivery: { status: 'READY' },
});

const refuseOverflow = (items: readonly OutboxItem[], maxPending: number, at: number): OutboxItem[] =>
  items.map((item, index) =>
    index < maxPending || isSettled(item)
      ? item
      : {
          ...item,
          delivery: { status: 'FAILED', at, ...failureOf('OUTBOX_FULL') },
        },
  );

/* The carrier is asked first for what may have gone out before a restore. */
const asKnown = (items: readonly OutboxItem[], { doubtfulTo = 0 }: Outbox, version: number) =>
  version > doubtfulTo ? items : items.map(doubted);

/** The outbox after the next batch: its consent, then its texts at the end of the queue. */
export const acceptBatch = (
  outbox: Outbox,
  arrival: { batch: EventBatch; texts: readonly WordedText[]; origin: Origin },
  rules: AcceptRules,
): Outbox => {
  const { batch, texts, origin } = arrival;
  const consented = hearConsent(erases(batch) ? forget(outbox) : outbox, batch);
  const fake = [batch.phone, batch.trainee.address ?? batch.phone].some(rules.isFake);
  const items = texts
    .map((text, index) => ({ text, id: rules.idOf(batch, index) }))
    .filter(({ text }) => !isEmpty(text) && mayJoin(consented, batch, text.kind) && !fake)
    .map(({ text, id }) => newItem(batch, text, id));
  return {
    ...consented,
    partition: origin.partition,
    lastVersion: batch.version,
    lastOffset: origin.offset,
    notBefore: consented.pending.length > 0 ? consented.notBefore : Math.max(consented.notBefore, origin.at),
    pending: refuseOverflow(
      [...consented.pending, ...asKnown(items, consented, batch.version)],
      rules.maxPending,
      origin.at,
    ),
  };
};
