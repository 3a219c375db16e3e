import { exhaustMap, share, timer, type Observable } from 'rxjs';
import type { Address } from '../carrier/message';
import type { AskTrainee, TraineeNow } from './trainee-now';

/** What the service said at this time of those whom it knows; `null` when it did not answer. */
export type TraineesTold = {
  readonly at: string;
  readonly trainees: readonly (TraineeNow & { readonly phone: Address })[] | null;
};

/** Its token. */
export const TRAINEES_TOLD = Symbol('TRAINEES_TOLD');

export type WatchParts = {
  readonly phones: () => readonly Address[];
  readonly ask: AskTrainee;
  /** Milliseconds since 1970, by the clock that dates texts. */
  readonly now: () => number;
  readonly everyMs: number;
  /** The service answers no more. */
  readonly onAway: (error: unknown) => void;
};

const askAll = async ({ phones, ask }: WatchParts): Promise<TraineesTold['trainees']> => {
  const told = await Promise.all(phones().map(async (phone) => ({ phone, now: await ask(phone) })));
  return told.flatMap(({ phone, now }) => (now ? [{ phone, ...now }] : []));
};

/** What the service holds of all phones, again and again as long as somebody watches; nobody is asked otherwise. */
export const watchTrainees = (parts: WatchParts): Observable<TraineesTold> => {
  let away = false;
  const look = async (): Promise<TraineesTold> => {
    const at = new Date(parts.now()).toISOString();
    try {
      const trainees = await askAll(parts);
      away = false;
      return { at, trainees };
    } catch (error) {
      if (!away) parts.onAway(error);
      away = true;
      return { at, trainees: null };
    }
  };
  return timer(0, parts.everyMs).pipe(exhaustMap(look), share());
};
