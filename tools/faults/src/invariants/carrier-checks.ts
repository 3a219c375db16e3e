import { decodeLogRecord, type Phone } from '@stopcovid/contracts';
import { firstOf, type Chronicle } from './chronicle';
import type { CarrierMessage, ExpectedText, History, Violation } from './history';
import { groupBy } from '@stopcovid/runtime';

/** A text that was to be sent, in the phone's order; `silenced` ones belong to a batch after which nothing may go out. */
type Due = ExpectedText & { readonly silenced: boolean };

const dueOf = ({ textsOf }: History, chronicle: Chronicle, phone: Phone): readonly Due[] =>
  firstOf(chronicle.get(phone) ?? []).flatMap(({ batch }) =>
    textsOf(batch).map((text) => ({ ...text, silenced: batch.trainee.optedOut && !text.isConsent })),
  );

const toPhones = ({ carrier }: History): ReadonlyMap<Phone, readonly CarrierMessage[]> =>
  groupBy(carrier, ({ to }) => to);

/** What the log says of texts that were never accepted. */
const explained = ({ smsLog }: History): ReadonlySet<string> =>
  new Set(
    smsLog.flatMap(({ value }) => {
      const read = value === null ? undefined : decodeLogRecord(value);
      if (!read?.ok || read.value.type !== 'SmsSent') return [];
      return read.value.error === undefined ? [] : [read.value.messageId];
    }),
  );

/** After an opt-out, or once somebody was erased, what was queued before is cancelled, and nothing needs to say so. */
const mayBeCancelled = (history: History, chronicle: Chronicle, phone: Phone): ReadonlySet<string> => {
  const batches = firstOf(chronicle.get(phone) ?? []).map(({ batch }) => batch);
  const last = batches.findLastIndex(
    ({ trainee, events }) => trainee.optedOut || events.some(({ type }) => type === 'TraineeErased'),
  );
  return new Set(
    batches.slice(0, last + 1).flatMap((batch) => history.textsOf(batch).map(({ messageId }) => messageId)),
  );
};

const doubled = (phone: Phone, messages: readonly CarrierMessage[]): readonly Violation[] => {
  const seen = new Set<string>();
  return messages
    .filter(({ messageId }) => seen.size === seen.add(messageId).size)
    .map(({ messageId }) => ({ invariant: 'I7', phone, detail: `${messageId} was accepted more than once` }));
};

const disordered = (
  phone: Phone,
  messages: readonly CarrierMessage[],
  due: readonly Due[],
): readonly Violation[] => {
  const places = new Map(due.map(({ messageId }, index) => [messageId, index]));
  const order = messages.map(({ messageId }) => places.get(messageId) ?? -1);
  const wrong = order.findIndex((place, index) => place < (order[index - 1] ?? -1) || place === -1);
  if (wrong === -1) return [];
  const why = order[wrong] === -1 ? 'nobody asked for' : 'was overtaken before';
  return [{ invariant: 'I7', phone, detail: `${messages[wrong]?.messageId} ${why}` }];
};

/** I7: each text was accepted once and in order, unless the log says why not, or an opt-out or an erasure took it back. */
export const textsAreSentOnce = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const accepted = toPhones(history);
  const failed = explained(history);
  const phones = new Set([...accepted.keys(), ...chronicle.keys()]);
  return [...phones].flatMap((phone) => {
    const messages = accepted.get(phone) ?? [];
    const due = dueOf(history, chronicle, phone);
    const sent = new Set(messages.map(({ messageId }) => messageId));
    const cancelled = mayBeCancelled(history, chronicle, phone);
    const missing = due.filter(
      ({ messageId, silenced }) =>
        !silenced && !sent.has(messageId) && !failed.has(messageId) && !cancelled.has(messageId),
    );
    return [
      ...doubled(phone, messages),
      ...disordered(phone, messages, due),
      ...missing.map(({ messageId }): Violation => ({
        invariant: 'I7',
        phone,
        detail: `${messageId} was never accepted`,
      })),
    ];
  });
};

/** I8: nothing of an opted-out phone's batches was accepted but the confirmation. */
export const silenceIsKept = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const accepted = toPhones(history);
  return [...accepted].flatMap(([phone, messages]) => {
    const silenced = new Set(
      dueOf(history, chronicle, phone).flatMap((due) => (due.silenced ? [due.messageId] : [])),
    );
    return messages
      .filter(({ messageId }) => silenced.has(messageId))
      .map(({ messageId }): Violation => ({
        invariant: 'I8',
        phone,
        detail: `${messageId} went out after the opt-out`,
      }));
  });
};
