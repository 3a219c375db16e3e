import type { Phone } from '@stopcovid/contracts';
import type { Waiting, WaitingPhones } from '@stopcovid/projections';
import type { DueQuery, Found, OutboxStore } from './outbox-store';

const catchUpMs = 2_000;

const missesSome = ({ because, unheard }: Waiting): boolean => because === 'unreadable' || unheard === true;

/**
 * The same store, but that nobody is due whose document could not be read and has not caught up since: an opt-out may
 * be among what it misses. Who waits for a missing batch is due: of what came behind it the consent was heard.
 */
export const withoutBehind = (store: OutboxStore, waiting: Pick<WaitingPhones, 'find'>): OutboxStore => {
  const behind = async ({ outboxes }: Found): Promise<readonly Phone[]> => {
    const found = outboxes.size === 0 ? [] : await waiting.find([...outboxes.keys()]);
    return [...found.values()].filter(missesSome).map(({ phone }) => phone);
  };
  const due = async (query: DueQuery): Promise<Found> => {
    const found = await store.due(query);
    const late = await behind(found);
    if (late.length === 0) return found;
    await store.putOff(late, query.at + catchUpMs);
    return due(query);
  };
  return { ...store, due };
};
