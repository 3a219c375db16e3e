import type { JSX } from 'preact';
import { hashOf, narrowed, type FilterName, type Filters, type Place } from '../address';
import { daysAfter } from '../words';
import { useChoices, type Option } from './choices';

const go = (place: Place): void => void (location.hash = hashOf(place));

type Chooser = {
  readonly label: string;
  readonly all: string;
  readonly filter: FilterName;
  readonly options: readonly Option[];
  readonly place: Place;
};

/** What the address says stays choosable, also where nothing is known of it. */
const withChosen = (options: readonly Option[], chosen: string): readonly Option[] =>
  chosen === '' || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, name: chosen }];

const Choice = ({ label, all, filter, options, place }: Chooser): JSX.Element => {
  const chosen = place.filters[filter] ?? '';
  return (
    <label>
      <span>{label}</span>
      <select
        value={chosen}
        onChange={({ currentTarget }) => go(narrowed(place, { [filter]: currentTarget.value }))}
      >
        <option value="">{all}</option>
        {withChosen(options, chosen).map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
};

const DayField = ({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (day: string) => void;
}): JSX.Element => (
  <label>
    <span>{label}</span>
    <input type="date" value={value} onChange={({ currentTarget }) => change(currentTarget.value)} />
  </label>
);

const spans = [
  { name: '7 days', days: 7 },
  { name: '4 weeks', days: 28 },
  { name: '12 weeks', days: 84 },
] as const;

/** The last so many days up to today, which is the server's. */
const Spans = ({ place, today }: { readonly place: Place; readonly today: string }): JSX.Element => {
  const until = daysAfter(today, 1);
  const { from: now, until: end } = place.filters;
  return (
    <div class="switch" role="group" aria-label="Days">
      {spans.map(({ name, days }) => {
        const from = daysAfter(until, -days);
        const isChosen = from === now && until === end;
        return (
          <a
            key={name}
            href={hashOf(narrowed(place, { from, until }))}
            aria-current={isChosen ? 'true' : undefined}
          >
            {name}
          </a>
        );
      })}
      <a
        href={hashOf(narrowed(place, { from: '', until: '' }))}
        aria-current={now === undefined && end === undefined ? 'true' : undefined}
      >
        All
      </a>
    </div>
  );
};

/** The last day of it, as people say it: the address has the one behind. */
const lastDay = ({ until }: Filters): string => (until === undefined ? '' : daysAfter(until, -1));

/** What narrows every figure; all of it is in the address. */
export const FilterBar = ({ place }: { readonly place: Place }): JSX.Element => {
  const { today, employers, units, drills, languages } = useChoices(place.filters);
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Spans place={place} today={today} />
      <DayField
        label="From"
        value={place.filters.from ?? ''}
        change={(day) => go(narrowed(place, { from: day }))}
      />
      <DayField
        label="To"
        value={lastDay(place.filters)}
        change={(day) => go(narrowed(place, { until: day === '' ? '' : daysAfter(day, 1) }))}
      />
      <Choice label="Employer" all="All employers" filter="employer" place={place} options={employers} />
      {place.filters.employer !== undefined && (
        <Choice label="Unit" all="All units" filter="unit" place={place} options={units} />
      )}
      <Choice label="Drill" all="All drills" filter="drill" place={place} options={drills} />
      <Choice label="Language" all="All languages" filter="language" place={place} options={languages} />
    </form>
  );
};
