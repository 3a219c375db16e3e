import type { JSX } from 'preact';
import { elsewhere, hashOf, narrowed, type Place } from '../address';
import type { CompletionAnswer } from '../answers';
import { useAnswer } from '../ask';
import { Columns } from '../charts/columns';
import { Figure } from '../charts/figure';
import { Legend } from '../charts/patterns';
import { ByPeriod } from '../frame/by-period';
import { AsOf, Empty, Loaded, NarrowedTo } from '../frame/loaded';
import { Tiles } from '../frame/tiles';
import { callOf, routes } from '../routes';
import { CompletionList } from './completion-list';
import {
  drillRows,
  footnote,
  overviewSentence,
  periodsOf,
  tilesOf,
  trendSentence,
  trendTable,
  unitRows,
} from './overview-model';

const Trend = ({
  place,
  answer,
}: {
  readonly place: Place;
  readonly answer: CompletionAnswer;
}): JSX.Element => {
  const { by } = place;
  const periods = periodsOf(answer.lines, by);
  const sentence = trendSentence(periods, by);
  const columns = periods.map(({ day, label, completed, begun, untouched, assigned }) => ({
    key: day,
    label,
    parts: { full: completed, hatched: begun, empty: untouched },
    hint: `${label}: ${completed} of ${assigned} completed, ${begun} begun, ${untouched} not begun`,
  }));
  return (
    <Figure
      title="Completion over time"
      sentence={sentence}
      table={trendTable(periods, by)}
      tools={<ByPeriod place={place} />}
      legend={
        <Legend
          of={[
            ['full', 'Completed'],
            ['hatched', 'Started, not completed'],
            ['empty', 'Not started'],
          ]}
        />
      }
    >
      <Columns columns={columns} sentence={sentence} />
    </Figure>
  );
};

const Whole = ({
  place,
  answer,
}: {
  readonly place: Place;
  readonly answer: CompletionAnswer;
}): JSX.Element => (
  <>
    <header class="title">
      <h1>Overview</h1>
      <NarrowedTo filters={place.filters} />
      <p class="lead">{overviewSentence(answer.total)}</p>
      <AsOf at={answer.asOf} />
    </header>
    {answer.total.assigned === 0 ? (
      <Empty filters={place.filters} />
    ) : (
      <>
        <Tiles of={tilesOf(answer.total)} />
        <Trend place={place} answer={answer} />
        <Lists place={place} />
        <p class="footnote">{footnote(answer)}</p>
      </>
    )}
  </>
);

const Lists = ({ place }: { readonly place: Place }): JSX.Element => {
  const { filters } = place;
  const units = useAnswer(callOf(routes.completion, { filters, query: { by: 'unit' } }));
  const drills = useAnswer(callOf(routes.completion, { filters, query: { by: 'drill' } }));
  const unitHref = ({ group }: { readonly group: CompletionAnswer['lines'][number]['group'] }): string =>
    hashOf(narrowed(place, { employer: group['employerId'] ?? '', unit: group['unitId'] ?? '' }));
  return (
    <div class="pair">
      <Loaded answer={units}>
        {({ lines }) => (
          <CompletionList title="By employer and unit" what="Unit" rows={unitRows(lines)} hrefOf={unitHref} />
        )}
      </Loaded>
      <Loaded answer={drills}>
        {({ lines }) => (
          <CompletionList
            title="By drill"
            what="Drill"
            rows={drillRows(lines)}
            hrefOf={({ group }) =>
              hashOf(elsewhere(narrowed(place, { drill: group['drill'] ?? '' }), 'drill'))
            }
          />
        )}
      </Loaded>
    </div>
  );
};

/** How far everybody came. */
export const Overview = ({ place }: { readonly place: Place }): JSX.Element => {
  const answer = useAnswer(callOf(routes.completion, { filters: place.filters, query: { by: place.by } }));
  return <Loaded answer={answer}>{(body) => <Whole place={place} answer={body} />}</Loaded>;
};
