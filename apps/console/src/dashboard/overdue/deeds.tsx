import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { OverdueRun } from '../answers';
import { allAskedWords, askedWords, questionBefore, type Asked, type Doing } from './deeds-model';
import type { Deeds } from './use-deeds';

/** What one is about to do. */
export type Plan = { readonly doing: Doing; readonly runs: readonly OverdueRun[] };

const names: Readonly<Record<Doing, string>> = { remind: 'Remind', start: 'Start again' };

/** What can be done for a run, or what came of it. */
export const RunDeeds = ({
  run,
  asked,
  plan,
}: {
  readonly run: OverdueRun;
  readonly asked: Asked | undefined;
  readonly plan: (plan: Plan) => void;
}): JSX.Element => (
  <>
    {asked !== undefined && (
      <small class={asked.refused === undefined ? 'done' : 'refused'}>{askedWords(asked)}</small>
    )}
    {(asked === undefined || asked.refused !== undefined) &&
      (['remind', 'start'] as const).map((doing) => (
        <button
          key={doing}
          type="button"
          class="quiet"
          aria-label={`${names[doing]}: ${run.phone}`}
          onClick={() => plan({ doing, runs: [run] })}
        >
          {names[doing]}
        </button>
      ))}
  </>
);

/** Asks whether it is meant, before anything is sent. */
export const Confirmation = ({
  plan: { doing, runs },
  answer,
}: {
  readonly plan: Plan;
  readonly answer: (isMeant: boolean) => void;
}): JSX.Element => {
  const self = useRef<HTMLDialogElement>(null);
  useEffect(() => self.current?.showModal(), []);
  return (
    <dialog ref={self} class="card" aria-labelledby="confirmation" onCancel={() => answer(false)}>
      <p id="confirmation">{questionBefore(doing, runs)}</p>
      <div class="tools">
        <button type="button" class="quiet" onClick={() => answer(false)}>
          Cancel
        </button>
        <button type="button" onClick={() => answer(true)}>
          {names[doing]}
        </button>
      </div>
    </dialog>
  );
};

/** How far it is, and at the end what came of it. */
export const DeedsProgress = ({ deeds: { last, of } }: { readonly deeds: Deeds }): JSX.Element => (
  <div role="status" class="progress">
    {of > 0 ? (
      <>
        <progress aria-label="Asked for" max={of} value={last.length} /> {last.length} of {of} asked for …
      </>
    ) : (
      allAskedWords(last)
    )}
  </div>
);
