import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAnswer } from '../ask';
import { callOf, routes } from '../routes';
import type { Given } from './ruling-model';
import { changeWords, deedNames, replyText } from './rulings-model';

/* Long enough for who thinks about it. */
const everyMs = 120_000;

/** Says what a ruling changes, and asks whether it is meant. What it is on is read first: it is in more runs than are shown. */
export const Confirmation = ({
  given: { group, verdict },
  answer,
}: {
  readonly given: Given;
  readonly answer: (given: Given | undefined) => void;
}): JSX.Element => {
  const self = useRef<HTMLDialogElement>(null);
  const why = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const dialog = self.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const now = useAnswer(callOf(routes.replyGroup, { groupId: group.id }), { everyMs });
  const decide = (): void => {
    if (now.is !== 'here') return;
    const reason = why.current?.value.trim();
    answer({ group: now.body, verdict, ...(reason && { reason }) });
  };
  return (
    <dialog
      ref={self}
      class="card ruling"
      aria-labelledby="ruling-what"
      aria-describedby="ruling-change"
      onCancel={() => answer(undefined)}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          decide();
        }}
      >
        <h2 id="ruling-what">
          {deedNames[verdict]}: <q>{replyText(group)}</q>
        </h2>
        <div id="ruling-change" role="status">
          {now.is === 'waiting' && <p>Reading in which runs it is …</p>}
          {now.is === 'failed' && <p class="refused">{now.failure.detail}</p>}
          {now.is === 'here' && changeWords(verdict, now.body).map((words) => <p key={words}>{words}</p>)}
        </div>
        <label>
          <span>Why (kept with the ruling; may stay empty)</span>
          <input ref={why} name="reason" maxLength={1000} autocomplete="off" />
        </label>
        <div class="tools">
          <button type="button" class="quiet" onClick={() => answer(undefined)}>
            Cancel
          </button>
          <button type="submit" disabled={now.is !== 'here'}>
            {deedNames[verdict]}
          </button>
        </div>
      </form>
    </dialog>
  );
};
