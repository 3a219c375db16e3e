import type { Patience } from '../registration/registration';

/** Patience that says when it was first asked for, that is, when a question went outside. */
export const noticing = (inner: Patience): { readonly patience: Patience; readonly asked: Promise<void> } => {
  let notice = (): void => undefined;
  const asked = new Promise<void>((resolve) => (notice = resolve));
  const patience: Patience = (limitMs) => {
    notice();
    return inner(limitMs);
  };
  return { patience, asked };
};

/** A plan in the making, and the moment in which it began to wait for somebody outside; that may never come. */
export type Deciding<T> = { readonly plan: Promise<T>; readonly asked: Promise<void> };

/** Resolves once every plan is made or waits for an answer from outside: with the former, and the promise of the latter. */
export const apart = async <T>(
  deciding: readonly Deciding<T>[],
): Promise<{ readonly prompt: readonly T[]; readonly later: Promise<readonly T[]> }> => {
  const firsts = await Promise.all(
    deciding.map(({ plan, asked }) =>
      Promise.race([plan.then((made) => ({ made })), asked.then(() => undefined)]),
    ),
  );
  const later = Promise.all(
    deciding.filter((_, place) => firsts[place] === undefined).map(({ plan }) => plan),
  );
  /* Whoever waits for it hears of a failure; nobody does when settling the former has failed already. */
  later.catch(() => undefined);
  return { prompt: firsts.flatMap((first) => (first === undefined ? [] : [first.made])), later };
};
