import type { Erasure } from '../erasure/erasure';
import { isBeforeErasure } from './contact-request';

/** That a person has seen to a request. */
export type ContactAnswer = {
  /** Of the request. */
  readonly id: string;
  readonly by: string;
  readonly at: Date;
  readonly note?: string;
};

/** What people did about requests. All methods throw when the store cannot be reached. */
export interface ContactAnswers {
  /** Those to requests with these ids. Throws DocumentUnreadable. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, ContactAnswer>>;
  /** Keeps an answer unless there is one; answers the one that stands. */
  keep(answer: ContactAnswer): Promise<ContactAnswer>;
  /** Removes those to requests of the phone from before it was erased. */
  forget(erasure: Erasure): Promise<void>;
}

/** Answers in memory: nothing survives a restart. */
export const inMemoryContactAnswers = (): ContactAnswers => {
  const kept = new Map<string, ContactAnswer>();
  return {
    of: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) => {
            const answer = kept.get(id);
            return answer === undefined ? [] : [[id, answer] as const];
          }),
        ),
      ),
    keep: (answer) => {
      const standing = kept.get(answer.id) ?? answer;
      kept.set(answer.id, standing);
      return Promise.resolve(standing);
    },
    forget: (erasure) => {
      for (const id of kept.keys()) if (isBeforeErasure(id, erasure)) kept.delete(id);
      return Promise.resolve();
    },
  };
};
