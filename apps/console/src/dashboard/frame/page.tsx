import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { elsewhere, hashOf, type Place, type View } from '../address';
import { SessionContext } from '../ask';
import { Patterns } from '../charts/patterns';
import { Cost } from '../cost/cost';
import { Drill } from '../drill/drill';
import { Overdue } from '../overdue/overdue';
import { Overview } from '../overview/overview';
import { Rulings } from '../rulings/rulings';
import { Trainee } from '../trainee/trainee';
import { FilterBar } from './filter-bar';

const tabs: readonly (readonly [View, string])[] = [
  ['overview', 'Overview'],
  ['drill', 'Drills'],
  ['overdue', 'Overdue'],
  ['rulings', 'Rulings'],
  ['cost', 'Cost'],
  ['trainee', 'Trainee'],
];

const Top = ({ place }: { readonly place: Place }): JSX.Element => {
  const { end } = useContext(SessionContext);
  return (
    <header class="top">
      <a class="brand" href="#/overview">
        <img src="./icon.svg" alt="" width="30" height="30" />
        <span>
          StopCOVID <em>dashboard</em>
        </span>
      </a>
      <nav aria-label="Views">
        {tabs.map(([view, name]) => (
          <a
            key={view}
            href={hashOf(elsewhere(place, view))}
            aria-current={place.view === view ? 'page' : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <div class="tools">
        <button type="button" class="quiet wide" onClick={() => window.print()}>
          Print
        </button>
        <button type="button" class="quiet" onClick={() => end()}>
          Sign out
        </button>
      </div>
    </header>
  );
};

const Shown = ({ place }: { readonly place: Place }): JSX.Element => {
  switch (place.view) {
    case 'overview':
      return <Overview place={place} />;
    case 'drill':
      return <Drill place={place} />;
    case 'overdue':
      return <Overdue place={place} />;
    case 'rulings':
      return <Rulings place={place} />;
    case 'cost':
      return <Cost place={place} />;
    case 'trainee':
      return <Trainee place={place} />;
  }
};

/** The dashboard of who is signed in. */
export const Page = ({ place }: { readonly place: Place }): JSX.Element => (
  <>
    <a
      class="skip"
      href="#content"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('content')?.focus();
      }}
    >
      To the content
    </a>
    <Patterns />
    <Top place={place} />
    {place.view !== 'trainee' && <FilterBar place={place} />}
    <main id="content" tabIndex={-1}>
      <Shown place={place} />
    </main>
  </>
);
