import type { JSX } from 'preact';
import { elsewhere, hashOf, type Place } from '../address';
import type { OverdueAnswer, OverdueRun } from '../answers';
import { useAnswer } from '../ask';
import { CsvButton } from '../charts/figure';
import { AsOf, Loaded, NarrowedTo } from '../frame/loaded';
import { callOf, routes } from '../routes';
import { counted, longDay, readable } from '../words';
import { openWords, overdueSentence, overdueTable } from './overdue-model';

const Line = ({ run, place }: { readonly run: OverdueRun; readonly place: Place }): JSX.Element => (
  <tr>
    <th scope="row">
      <a href={hashOf(elsewhere(place, 'trainee', { phone: run.phone }))}>{run.phone}</a>
      <small>{[run.employerId, run.unitId].filter(Boolean).join(' · ')}</small>
    </th>
    <td>{readable(run.drill)}</td>
    <td>
      {counted(run.daysLate, 'day')}
      <small>due {longDay(run.dueOn)}</small>
    </td>
    <td class="wide">{readable(run.open.prompt)}</td>
    <td class="wide">{openWords(run)}</td>
  </tr>
);

const List = ({ answer, place }: { readonly answer: OverdueAnswer; readonly place: Place }): JSX.Element => (
  <section class="card" aria-label="Overdue">
    <header>
      <p class="sentence">Left out: {answer.without}.</p>
      <div class="tools">
        <CsvButton table={overdueTable(answer)} />
      </div>
    </header>
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Phone</th>
          <th scope="col">Drill</th>
          <th scope="col">Late</th>
          <th scope="col" class="wide">
            Open question
          </th>
          <th scope="col" class="wide">
            Open for
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.items.map((run) => (
          <Line key={run.runId} run={run} place={place} />
        ))}
      </tbody>
    </table>
    <nav class="pages" aria-label="Pages">
      {place.cursor !== undefined && <a href={hashOf(elsewhere(place, 'overdue'))}>First page</a>}
      {answer.nextCursor !== undefined && (
        <a rel="next" href={hashOf({ ...place, cursor: answer.nextCursor })}>
          Next page
        </a>
      )}
    </nav>
  </section>
);

/** Who still has a drill open after its day. */
export const Overdue = ({ place }: { readonly place: Place }): JSX.Element => {
  const { filters, cursor } = place;
  const answer = useAnswer(callOf(routes.overdue, { filters, query: { limit: '25', cursor } }));
  return (
    <Loaded answer={answer}>
      {(body) => (
        <>
          <header class="title">
            <h1>Overdue</h1>
            <NarrowedTo filters={place.filters} />
            <p class="lead">{overdueSentence(body, place.cursor === undefined)}</p>
            <AsOf at={body.asOf} />
          </header>
          {body.items.length > 0 && <List answer={body} place={place} />}
        </>
      )}
    </Loaded>
  );
};
