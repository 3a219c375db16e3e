import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { elsewhere, hashOf, type Place } from '../address';
import type { OverdueAnswer, OverdueRun } from '../answers';
import { useAnswer } from '../ask';
import { CsvButton } from '../charts/figure';
import { AsOf, Loaded, NarrowedTo } from '../frame/loaded';
import { callOf, routes } from '../routes';
import { counted, longDay, readable } from '../words';
import { Confirmation, DeedsProgress, RunDeeds, type Plan } from './deeds';
import { stillToDo } from './deeds-model';
import { openWords, overdueSentence, overdueTable } from './overdue-model';
import { useDeeds, useMayAct, type Deeds } from './use-deeds';

type Acting = { readonly deeds: Deeds; readonly plan: (plan: Plan) => void };

const Line = ({
  run,
  place,
  acting,
}: {
  readonly run: OverdueRun;
  readonly place: Place;
  readonly acting: Acting | undefined;
}): JSX.Element => (
  <tr>
    <th scope="row">
      <a href={hashOf(elsewhere(place, 'trainee', { phone: run.phone }))}>{run.phone}</a>
      <small>{[run.employerId, run.unitId].filter(Boolean).join(' · ')}</small>
    </th>
    <td>{readable(run.drill)}</td>
    <td class="late">
      {counted(run.daysLate, 'day')}
      <small class="wide">due {longDay(run.dueOn)}</small>
    </td>
    <td class="wide">{readable(run.open.prompt)}</td>
    <td class="wide">{openWords(run)}</td>
    {acting !== undefined && (
      <td class="deeds">
        <RunDeeds run={run} asked={acting.deeds.asked.get(run.runId)} plan={acting.plan} />
      </td>
    )}
  </tr>
);

const Heads = ({ canAct }: { readonly canAct: boolean }): JSX.Element => (
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
      {canAct && (
        <th scope="col" class="deeds">
          To do
        </th>
      )}
    </tr>
  </thead>
);

const Pages = ({ answer, place }: { readonly answer: OverdueAnswer; readonly place: Place }): JSX.Element => (
  <nav class="pages" aria-label="Pages">
    {place.cursor !== undefined && <a href={hashOf(elsewhere(place, 'overdue'))}>First page</a>}
    {answer.nextCursor !== undefined && (
      <a rel="next" href={hashOf({ ...place, cursor: answer.nextCursor })}>
        Next page
      </a>
    )}
  </nav>
);

const List = ({ answer, place }: { readonly answer: OverdueAnswer; readonly place: Place }): JSX.Element => {
  const { items, without } = answer;
  const deeds = useDeeds();
  const open = stillToDo(items, deeds.asked);
  const mayAct = useMayAct(items[0]?.phone);
  const [planned, plan] = useState<Plan>();
  const acting = mayAct === true ? { deeds, plan } : undefined;
  const decide = (isMeant: boolean): void => {
    plan(undefined);
    if (isMeant && planned !== undefined) void deeds.carryOut(planned.doing, planned.runs);
  };
  return (
    <section class="card" aria-label="Overdue">
      <header>
        <p class="sentence">
          Left out: {without}.
          {mayAct === false && ' This key may look, not act: to remind somebody takes the role operator.'}
        </p>
        <div class="tools">
          {acting !== undefined && open.length > 1 && (
            <button
              type="button"
              class="quiet"
              disabled={deeds.of > 0}
              onClick={() => plan({ doing: 'remind', runs: open })}
            >
              Remind all
            </button>
          )}
          <CsvButton table={overdueTable(answer)} />
        </div>
      </header>
      <DeedsProgress deeds={deeds} />
      {planned !== undefined && <Confirmation plan={planned} answer={decide} />}
      <table class="list">
        <Heads canAct={acting !== undefined} />
        <tbody>
          {items.map((run) => (
            <Line key={run.runId} run={run} place={place} acting={acting} />
          ))}
        </tbody>
      </table>
      <Pages answer={answer} place={place} />
    </section>
  );
};

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
