import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { elsewhere, hashOf, type Place } from '../address';
import type { TraineeAnswer } from '../answers';
import { useAnswer } from '../ask';
import { CsvButton, PlainTable } from '../charts/figure';
import { Loaded } from '../frame/loaded';
import { callOf, routes } from '../routes';
import { longDay } from '../words';
import {
  courseSentence,
  daysOf,
  runLines,
  runsTable,
  timelineTable,
  traineeSentence,
  zoneOf,
  type DayOf,
  type Tone,
} from './timeline-model';

const signs: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', drill: '▸', other: '·' };

const Day = ({ day: { day, moments } }: { readonly day: DayOf }): JSX.Element => (
  <li class="day">
    <h2>{longDay(day)}</h2>
    <ol>
      {moments.map(({ key, at, tone, words, said }) => (
        <li key={key} class={`moment ${tone}`}>
          <time>{at}</time>
          <span class="sign" aria-hidden="true">
            {signs[tone]}
          </span>
          <span>
            {words}
            {said !== undefined && <q>{said}</q>}
          </span>
        </li>
      ))}
    </ol>
  </li>
);

type From = { readonly phone: string; readonly zone: string; readonly cursor?: string };

/** A page of the history, and the ones behind it as they are asked for. */
const Pages = ({ phone, zone, cursor }: From): JSX.Element => {
  const answer = useAnswer(callOf(routes.history, { phone, query: { limit: '200', cursor } }));
  const [wantsMore, want] = useState(false);
  return (
    <Loaded answer={answer}>
      {(body) => {
        const days = daysOf(body, zone);
        return (
          <>
            <section class="card" aria-label="History">
              <header>
                <p class="sentence">Times are in {zone}, the first on top.</p>
                <div class="tools">
                  <CsvButton table={timelineTable(phone, days, zone)} />
                </div>
              </header>
              {days.length === 0 && <p>Nothing has happened here.</p>}
              <ol class="timeline">
                {days.map((day) => (
                  <Day key={day.day} day={day} />
                ))}
              </ol>
            </section>
            {body.nextCursor !== undefined &&
              (wantsMore ? (
                <Pages phone={phone} zone={zone} cursor={body.nextCursor} />
              ) : (
                <button type="button" class="quiet" onClick={() => want(true)}>
                  Show what came later
                </button>
              ))}
          </>
        );
      }}
    </Loaded>
  );
};

const Runs = ({ of: { phone, course, runs } }: { readonly of: TraineeAnswer }): JSX.Element => {
  const lines = runLines(runs);
  return (
    <section class="card" aria-label="Drills">
      <header>
        <div>
          <h2>Drills</h2>
          <p class="sentence">{courseSentence(course)}</p>
        </div>
        <div class="tools">
          <CsvButton table={runsTable(phone, lines)} />
        </div>
      </header>
      {lines.length === 0 ? <p>No drill has begun yet.</p> : <PlainTable table={runsTable(phone, lines)} />}
    </section>
  );
};

const Known = ({ phone }: { readonly phone: string }): JSX.Element => {
  const trainee = useAnswer(callOf(routes.trainee, { phone }));
  return (
    <Loaded answer={trainee}>
      {(body) => (
        <>
          <header class="title">
            <h1>{body.name ?? body.phone}</h1>
            <p class="lead">{[body.name && body.phone, traineeSentence(body)].filter(Boolean).join(' · ')}</p>
          </header>
          <Runs of={body} />
          <Pages key={phone} phone={phone} zone={zoneOf(body)} />
        </>
      )}
    </Loaded>
  );
};

const Find = ({ place }: { readonly place: Place }): JSX.Element => {
  const field = useRef<HTMLInputElement>(null);
  const open = (): void => {
    const phone = (field.current?.value ?? '').replaceAll(/[\s().-]/g, '');
    if (phone !== '') location.hash = hashOf(elsewhere(place, 'trainee', { phone }));
  };
  return (
    <form
      class="card find"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <label>
        <span>Phone number, with its country</span>
        <input
          ref={field}
          type="tel"
          key={place.phone}
          defaultValue={place.phone ?? ''}
          placeholder="+12025550143"
          autocomplete="off"
        />
      </label>
      <button type="submit">Show history</button>
    </form>
  );
};

/** All that happened to a phone. */
export const Trainee = ({ place }: { readonly place: Place }): JSX.Element => (
  <>
    {place.phone === undefined && (
      <header class="title">
        <h1>A trainee</h1>
        <p class="lead">All that happened to one phone, in order.</p>
      </header>
    )}
    <Find place={place} />
    {place.phone !== undefined && <Known phone={place.phone} />}
  </>
);
