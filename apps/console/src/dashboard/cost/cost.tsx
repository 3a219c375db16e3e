import type { JSX } from 'preact';
import type { Place } from '../address';
import type { CostAnswer, CostLine, RemindersAnswer } from '../answers';
import { useAnswer } from '../ask';
import { Columns } from '../charts/columns';
import { Figure } from '../charts/figure';
import { Legend } from '../charts/patterns';
import { Rows } from '../charts/rows';
import { ByPeriod } from '../frame/by-period';
import { AsOf, Empty, Loaded, NarrowedTo } from '../frame/loaded';
import { Tiles } from '../frame/tiles';
import { callOf, routes } from '../routes';
import {
  costLists,
  costListTable,
  costRows,
  costSentence,
  costTiles,
  listSentence,
  reminderRows,
  remindersSentence,
  remindersTable,
  textPeriods,
  textsSentence,
  textsTable,
  valueOf,
} from './cost-model';

const OverTime = ({ place }: { readonly place: Place }): JSX.Element => {
  const { by, filters } = place;
  const answer = useAnswer(callOf(routes.cost, { filters, query: { by: `${by},direction` } }));
  return <Loaded answer={answer}>{({ lines }) => <TextsChart place={place} lines={lines} />}</Loaded>;
};

const TextsChart = ({
  place,
  lines,
}: {
  readonly place: Place;
  readonly lines: readonly CostLine[];
}): JSX.Element => {
  const { by } = place;
  const periods = textPeriods(lines, by);
  const sentence = textsSentence(periods, by);
  const columns = periods.map(({ day, label, sent, received, segments }) => ({
    key: day,
    label,
    parts: { full: sent, hatched: received, empty: 0 },
    hint: `${label}: ${sent} sent, ${received} received, ${segments} segments`,
  }));
  return (
    <Figure
      title="Texts over time"
      sentence={sentence}
      table={textsTable(periods, by)}
      tools={<ByPeriod place={place} />}
      legend={
        <Legend
          of={[
            ['full', 'Sent'],
            ['hatched', 'Received'],
          ]}
        />
      }
    >
      <Columns columns={columns} sentence={sentence} />
    </Figure>
  );
};

type List = (typeof costLists)[number];
const mostRows = 12;

const CostList = ({ place, list }: { readonly place: Place; readonly list: List }): JSX.Element => {
  const answer = useAnswer(callOf(routes.cost, { filters: place.filters, query: { by: list.by } }));
  return (
    <Loaded answer={answer}>
      {({ lines }) => {
        const rows = costRows(lines, list);
        const hidden = rows.length - mostRows;
        return (
          <Figure
            title={list.title}
            sentence={listSentence(rows)}
            table={costListTable(list, rows)}
            below={hidden > 0 && <p class="gate">{hidden} more are in the table.</p>}
          >
            <Rows
              rows={rows.slice(0, mostRows).map((row) => ({
                key: row.name,
                label: row.name,
                value: valueOf(row),
                parts: { full: row.segments },
              }))}
              sentence={listSentence(rows)}
            />
          </Figure>
        );
      }}
    </Loaded>
  );
};

const Reminders = ({ place }: { readonly place: Place }): JSX.Element => {
  const answer = useAnswer(callOf(routes.reminders, { filters: place.filters }));
  return <Loaded answer={answer}>{({ total }: RemindersAnswer) => <RemindersChart of={total} />}</Loaded>;
};

const RemindersChart = ({ of }: { readonly of: RemindersAnswer['total'] }): JSX.Element => {
  const sentence = remindersSentence(of);
  const rows = reminderRows(of).map(({ name, answered, of: had }) => ({
    key: name,
    label: name,
    value: `${answered} of ${had} answered`,
    parts: { full: answered, empty: had - answered },
  }));
  return (
    <Figure title="What reminders did" sentence={sentence} table={remindersTable(of)}>
      <Rows rows={rows} sentence={sentence} />
    </Figure>
  );
};

const Whole = ({ place, answer }: { readonly place: Place; readonly answer: CostAnswer }): JSX.Element => (
  <>
    <header class="title">
      <h1>Texts and cost</h1>
      <NarrowedTo filters={place.filters} />
      <p class="lead">{costSentence(answer)}</p>
      <AsOf at={answer.asOf} />
    </header>
    {answer.total.messages === 0 ? (
      <Empty
        filters={place.filters}
        what="No text was sent or received with all of them."
        yet="As soon as a text is sent or comes in, it is counted here."
      />
    ) : (
      <>
        <Tiles of={costTiles(answer)} />
        <OverTime place={place} />
        <div class="pair">
          {costLists.map((list) => (
            <CostList key={list.by} place={place} list={list} />
          ))}
        </div>
      </>
    )}
    <Reminders place={place} />
    <p class="footnote">
      Days are {answer.days}. In these figures, {answer.attribution}. Left out: {answer.without}.
    </p>
  </>
);

/** What texts came to. */
export const Cost = ({ place }: { readonly place: Place }): JSX.Element => {
  const answer = useAnswer(callOf(routes.cost, { filters: place.filters }));
  return <Loaded answer={answer}>{(body) => <Whole place={place} answer={body} />}</Loaded>;
};
