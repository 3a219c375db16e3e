import type { ComponentChildren, JSX } from 'preact';
import type { Filters } from '../address';
import type { Answer } from '../ask';
import { longMoment } from '../words';
import { narrowedTo } from '../words-of-filters';

/** What comes of an answer, or what there is to say while there is none. */
export const Loaded = <T,>({
  answer,
  children,
}: {
  readonly answer: Answer<T>;
  readonly children: (body: T) => ComponentChildren;
}): JSX.Element => {
  if (answer.is === 'waiting')
    return (
      <p class="card waiting" role="status">
        Reading the figures …
      </p>
    );
  if (answer.is === 'failed')
    return (
      <p class="card failure" role="alert">
        {answer.failure.detail}
      </p>
    );
  return <>{children(answer.body)}</>;
};

/** Up to when things are counted. */
export const AsOf = ({ at }: { readonly at: string }): JSX.Element => (
  <p class="as-of">
    As of <time dateTime={at}>{longMoment(at)}</time>
  </p>
);

/** Of what a printed page is: its filters are not printed. */
export const NarrowedTo = ({ filters }: { readonly filters: Filters }): JSX.Element => (
  <p class="narrowed-to">{narrowedTo(filters)}</p>
);

/** Nothing is to be shown: is it because of the filters, or is there nothing yet? */
export const Empty = ({
  filters,
  what = 'No drill began with all of them.',
  yet = 'As soon as somebody texts a registration code and gets a first drill, it is counted here.',
}: {
  readonly filters: Filters;
  readonly what?: string;
  readonly yet?: string;
}): JSX.Element =>
  Object.keys(filters).length > 0 ? (
    <div class="card empty">
      <h2>Nothing matches these filters</h2>
      <p>
        {what} <a href="#/overview">Take all filters away</a>
      </p>
    </div>
  ) : (
    <div class="card empty">
      <h2>Nothing to show yet</h2>
      <p>{yet}</p>
    </div>
  );
