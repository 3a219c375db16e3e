import { isOver, type KeyedRequest, type SealedAnswer } from './keyed-request';

/** Which attempt at which request. */
export type Attempt = Pick<KeyedRequest, 'id' | 'attempt'>;

/** The requests that came under keys. All methods throw when the store cannot be reached. */
export interface KeyedRequests {
  /**
   * Puts a request on record unless one of its id is there that is not over, and answers which is there now: the
   * attempt says whose it is. Of several at once one alone is put there. Throws DocumentUnreadable.
   */
  begin(request: KeyedRequest): Promise<KeyedRequest>;
  /** Keeps the answer of an attempt, if that is still the one on record. */
  answer(attempt: Attempt, answer: SealedAnswer): Promise<void>;
  /** Takes an attempt off the record that came to nothing: the key is free again. */
  giveUp(attempt: Attempt): Promise<void>;
}

/** Requests in memory: nothing survives a restart. */
export const inMemoryKeyedRequests = (): KeyedRequests => {
  const kept = new Map<string, KeyedRequest>();
  const isOn = ({ id, attempt }: Attempt): boolean => kept.get(id)?.attempt === attempt;
  const forget = (now: Date): void => {
    for (const [id, { expiresAt }] of kept) {
      if (expiresAt > now) return;
      kept.delete(id);
    }
  };
  return {
    begin: (request) => {
      forget(request.startedAt);
      const before = kept.get(request.id);
      if (before !== undefined && !isOver(before, request.startedAt)) return Promise.resolve(before);
      kept.delete(request.id);
      kept.set(request.id, request);
      return Promise.resolve(request);
    },
    answer: (attempt, answer) => {
      const on = kept.get(attempt.id);
      if (on !== undefined && isOn(attempt)) kept.set(attempt.id, { ...on, answer });
      return Promise.resolve();
    },
    giveUp: (attempt) => {
      if (isOn(attempt)) kept.delete(attempt.id);
      return Promise.resolve();
    },
  };
};
