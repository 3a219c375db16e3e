import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { elsewhere, hashOf, type Place } from '../address';
import type { RegradingAnswer } from '../answers';
import { useAnswer } from '../ask';
import { CsvButton } from '../charts/figure';
import { Loaded, NarrowedTo } from '../frame/loaded';
import { callOf, routes } from '../routes';
import { readable } from '../words';
import { Confirmation } from './confirmation';
import { QueueCard } from './queue';
import { stageWords, type Given, type Stage } from './ruling-model';
import { noneWords, queueSentence, queuesOf, queueTable, withinReach } from './rulings-model';
import { useRuling } from './use-ruling';

/* Each answer reads the runs of a month, or of a drill. */
const everyMs = 60_000;

const kinds = [
  [undefined, 'In their own words'],
  ['true', 'Picked an option'],
  ['any', 'All'],
] as const;

/** The same list in another cut, from its first page on. */
const cut = ({ filters, by, prompt, ruled, picked }: Place, change: Partial<Place>): Place => ({
  ...{ view: 'rulings', filters, by },
  ...(prompt !== undefined && { prompt }),
  ...(ruled && { ruled }),
  ...(picked && { picked }),
  ...change,
});

const withoutRuled = ({ ruled: _ruled, ...place }: Place): Place => place;
const withoutPicked = ({ picked: _picked, ...place }: Place): Place => place;

const Cuts = ({ place }: { readonly place: Place }): JSX.Element => (
  <div class="tools cuts">
    <div class="switch" role="group" aria-label="Which replies">
      <a href={hashOf(cut(withoutRuled(place), {}))} aria-current={place.ruled ? undefined : 'true'}>
        To rule on
      </a>
      <a href={hashOf(cut(place, { ruled: 'true' }))} aria-current={place.ruled ? 'true' : undefined}>
        Ruled on
      </a>
    </div>
    <div class="switch" role="group" aria-label="How they answered">
      {kinds.map(([picked, name]) => (
        <a
          key={name}
          href={hashOf(cut(withoutPicked(place), picked === undefined ? {} : { picked }))}
          aria-current={place.picked === picked ? 'true' : undefined}
        >
          {name}
        </a>
      ))}
    </div>
    {place.prompt !== undefined && (
      <span>
        One question, {readable(place.prompt)}.{' '}
        <a href={hashOf(elsewhere(place, 'rulings'))}>Show all questions</a>
      </span>
    )}
  </div>
);

const Progress = ({ stage }: { readonly stage: Stage }): JSX.Element => (
  <>
    {stage.is === 'applying' && <progress aria-label="Regraded" max={stage.of} value={stage.done} />}{' '}
    <bdi>{stageWords(stage)}</bdi>
  </>
);

const Pages = ({ answer, place }: Shown): JSX.Element | null =>
  place.cursor === undefined && answer.nextCursor === undefined ? null : (
    <nav class="pages" aria-label="Pages">
      {place.cursor !== undefined && <a href={hashOf(cut(place, {}))}>First page</a>}
      {answer.nextCursor !== undefined && (
        <a rel="next" href={hashOf(cut(place, { cursor: answer.nextCursor }))}>
          Next page
        </a>
      )}
    </nav>
  );

type Shown = { readonly answer: RegradingAnswer; readonly place: Place };

const Queues = ({
  answer,
  place,
  isBusy,
  plan,
}: Shown & { readonly isBusy: boolean; readonly plan: (given: Given) => void }): JSX.Element => {
  const isRuled = place.ruled !== undefined;
  const queues = queuesOf(answer.items);
  return (
    <>
      <header class="title">
        <h1>Replies to rule on</h1>
        <NarrowedTo filters={place.filters} />
        <p class="lead">
          {queues.length === 0 ? noneWords(answer, isRuled) : queueSentence(answer, isRuled)}
        </p>
      </header>
      <div class="tools above">
        <Cuts place={place} />
        {queues.length > 0 && <CsvButton table={queueTable(answer)} />}
      </div>
      {!answer.mayRule && queues.length > 0 && (
        <p class="footnote">This key may look, not rule: to rule takes the role operator.</p>
      )}
      {queues.map((queue) => (
        <QueueCard
          key={queue.key}
          queue={queue}
          place={place}
          acting={answer.mayRule ? { isBusy, plan } : undefined}
        />
      ))}
      <Pages answer={answer} place={place} />
    </>
  );
};

/** What several people answered alike and was not taken for right: people correct the machine. */
export const Rulings = ({ place }: { readonly place: Place }): JSX.Element => {
  const [turn, next] = useState(0);
  const [planned, plan] = useState<Given>();
  const said = useRef<HTMLDivElement>(null);
  const { stage, rule } = useRuling(() => next((before) => before + 1));
  const picked = { true: 'true', any: undefined, none: 'false' }[place.picked ?? 'none'];
  const { prompt, ruled, cursor } = place;
  const answer = useAnswer(
    callOf(routes.regrading, {
      filters: withinReach(place.filters),
      query: { prompt, ruled, picked, cursor, limit: '25' },
    }),
    { everyMs, turn },
  );
  const decide = (given: Given | undefined): void => {
    plan(undefined);
    if (given === undefined) return;
    void rule(given);
    said.current?.focus();
  };
  return (
    <>
      <Loaded answer={answer}>
        {(body) => (
          <Queues
            answer={body}
            place={place}
            isBusy={stage.is === 'asking' || stage.is === 'applying'}
            plan={plan}
          />
        )}
      </Loaded>
      <div
        ref={said}
        role="status"
        tabIndex={-1}
        class={`toast ${stage.is === 'refused' ? 'refused' : 'done'}`}
      >
        {stage.is !== 'none' && <Progress stage={stage} />}
      </div>
      {planned !== undefined && <Confirmation given={planned} answer={decide} />}
    </>
  );
};
