import type { JSX } from 'preact';
import { elsewhere, hashOf, type Place } from '../address';
import type { ReplyGroup } from '../answers';
import { Figure } from '../charts/figure';
import { Meter } from '../charts/meter';
import { counted } from '../words';
import type { Given } from './ruling-model';
import {
  deedNames,
  openWords,
  originWords,
  questionTable,
  questionTitle,
  replyText,
  rightWords,
  rulingWords,
  takenFor,
  verdictsFor,
  type Queue,
} from './rulings-model';

/** What one may do about it; nothing where a key may only look. */
export type Acting = { readonly isBusy: boolean; readonly plan: (given: Given) => void };

/** Spellings beside the one that is shown, but for capitals. */
const otherSpellings = ({ text, examples }: ReplyGroup): readonly string[] =>
  examples.slice(1).filter((example) => example.trim().toLowerCase() !== text);

const Reply = ({ group }: { readonly group: ReplyGroup }): JSX.Element => {
  const spellings = otherSpellings(group);
  const since = openWords(group);
  return (
    <th scope="row" class="reply">
      <bdi>{replyText(group)}</bdi>
      {spellings.length > 0 && (
        <small>
          also{' '}
          {spellings.map((spelling) => (
            <q key={spelling}>{spelling}</q>
          ))}
        </small>
      )}
      {group.ruling !== undefined && <small>{rulingWords(group.ruling)}</small>}
      {since !== undefined && <small>{since}</small>}
      <small class="narrow">{takenFor(group)}</small>
    </th>
  );
};

const Line = ({
  group,
  most,
  acting,
}: {
  readonly group: ReplyGroup;
  readonly most: number;
  readonly acting: Acting | undefined;
}): JSX.Element => (
  <tr>
    <Reply group={group} />
    <td class="people">
      <span>{counted(group.trainees, 'person')}</span>
      <Meter share={group.trainees / most} />
    </td>
    <td class="wide">{takenFor(group)}</td>
    {acting !== undefined && (
      <td class="deeds">
        {verdictsFor(group).map((verdict) => (
          <button
            key={verdict}
            type="button"
            class="quiet"
            disabled={acting.isBusy}
            aria-label={`${deedNames[verdict]}: ${replyText(group)}`}
            onClick={() => acting.plan({ group, verdict })}
          >
            {deedNames[verdict]}
          </button>
        ))}
      </td>
    )}
  </tr>
);

/** One question, its right answers, and what people answered alike. */
export const QueueCard = ({
  queue,
  place,
  acting,
}: {
  readonly queue: Queue;
  readonly place: Place;
  readonly acting: Acting | undefined;
}): JSX.Element => {
  const { first, groups } = queue;
  const most = Math.max(...groups.map(({ trainees }) => trainees));
  const drill = elsewhere({ ...place, filters: { ...place.filters, drill: first.drill } }, 'drill');
  return (
    <Figure
      title={questionTitle(first)}
      sentence={rightWords(first)}
      table={questionTable(queue)}
      tools={
        <a class="origin" href={hashOf(drill)}>
          {originWords(first)}
        </a>
      }
    >
      <table class="list replies">
        <thead>
          <tr>
            <th scope="col">Reply</th>
            <th scope="col">Given by</th>
            <th scope="col" class="wide">
              Taken for
            </th>
            {acting !== undefined && (
              <th scope="col" class="deeds">
                Rule
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Line key={group.id} group={group} most={most} acting={acting} />
          ))}
        </tbody>
      </table>
    </Figure>
  );
};
