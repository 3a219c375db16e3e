import type { JSX } from 'preact';
import { elsewhere, hashOf, narrowed, type Place } from '../address';
import type { Item, ItemsAnswer, Question, Version } from '../answers';
import { useAnswer } from '../ask';
import { Figure } from '../charts/figure';
import { Rows } from '../charts/rows';
import { AsOf, Empty, Loaded, NarrowedTo } from '../frame/loaded';
import { CompletionList } from '../overview/completion-list';
import { drillRows } from '../overview/overview-model';
import { callOf, routes } from '../routes';
import { readable } from '../words';
import {
  chosenVersion,
  flagWords,
  gateWords,
  isLastWord,
  optionBars,
  optionsTable,
  questionSentence,
  ratingSentences,
  versionName,
  versionWords,
} from './drill-model';
import { Funnel } from './funnel';

const Advice = ({ item }: { readonly item: Item }): JSX.Element => {
  const gate = gateWords(item);
  return (
    <>
      {gate !== undefined && <p class="gate">{gate}</p>}
      {item.flags.length > 0 && (
        <ul class="flags">
          {item.flags.map((flag) => (
            <li key={flagWords(flag)}>{flagWords(flag)}</li>
          ))}
        </ul>
      )}
    </>
  );
};

/** The way to what many answered to this question and was not taken for right. */
const ToRulings = ({ place, prompt }: { readonly place: Place; readonly prompt: string }): JSX.Element => (
  <p class="onward">
    <a
      href={hashOf(elsewhere(place, 'rulings', { prompt }))}
      aria-label={`Replies to rule on: ${readable(prompt)}`}
    >
      Replies to rule on
    </a>
  </p>
);

const Plain = ({ title, sentence }: { readonly title: string; readonly sentence: string }): JSX.Element => (
  <section class="card" aria-label={title}>
    <h2>{title}</h2>
    <p class="sentence">{sentence}</p>
  </section>
);

type Asked = {
  readonly drill: string;
  readonly question: Question;
  readonly number: number;
  readonly place: Place;
};

const QuestionCard = ({ drill, question, number, place }: Asked): JSX.Element => {
  const { item, prompt, key } = question;
  const title = `${number}. ${readable(prompt)}`;
  const sentence = questionSentence(question);
  if (item === undefined) return <Plain title={title} sentence={sentence} />;
  const rows = optionBars(item, key).map(({ label, isRight, count: picked, value }) => ({
    key: label,
    label,
    value,
    parts: isRight || key === undefined ? { full: picked } : { hatched: picked },
  }));
  return (
    <Figure
      title={title}
      sentence={sentence}
      table={optionsTable(drill, question, item)}
      below={
        <>
          <Advice item={item} />
          <ToRulings place={place} prompt={prompt} />
        </>
      }
    >
      <Rows rows={rows} sentence={`First answers. ${sentence}`} most={item.answers} />
    </Figure>
  );
};

const Versions = ({
  place,
  versions,
  chosen,
}: {
  readonly place: Place;
  readonly versions: readonly Version[];
  readonly chosen: Version;
}): JSX.Element | null =>
  versions.length < 2 ? null : (
    <div class="switch" role="group" aria-label="Language and content">
      {versions.map((version) => (
        <a
          key={versionName(version)}
          href={hashOf({ ...place, revision: versionName(version) })}
          aria-current={version === chosen ? 'true' : undefined}
        >
          {versionWords(version, versions)}
        </a>
      ))}
    </div>
  );

const Ratings = ({ place }: { readonly place: Place }): JSX.Element => {
  const answer = useAnswer(callOf(routes.engagement, { filters: place.filters }));
  return (
    <Loaded answer={answer}>
      {({ total }) => {
        const sentences = ratingSentences(total);
        return (
          sentences.length > 0 && (
            <section class="card" aria-label="What people say">
              <h2>What people say</h2>
              {sentences.map((sentence) => (
                <p class="sentence" key={sentence}>
                  {sentence}
                </p>
              ))}
            </section>
          )
        );
      }}
    </Loaded>
  );
};

const Whole = ({ place, answer }: { readonly place: Place; readonly answer: ItemsAnswer }): JSX.Element => {
  const { drill, revisions, asOf } = answer;
  const version = chosenVersion(revisions, place.revision);
  return (
    <>
      <header class="title">
        <h1>{readable(drill)}</h1>
        <NarrowedTo filters={place.filters} />
        <p class="lead">{version === undefined ? '' : versionWords(version, revisions)}</p>
        <AsOf at={asOf} />
      </header>
      {version === undefined ? (
        <Empty filters={place.filters} />
      ) : (
        <>
          <Versions place={place} versions={revisions} chosen={version} />
          <Ratings place={place} />
          <Funnel drill={drill} filters={place.filters} of={version} />
          <div class="pair">
            {version.questions.map((question, index) =>
              isLastWord(question) ? null : (
                <QuestionCard
                  key={question.prompt}
                  drill={drill}
                  question={question}
                  number={index + 1}
                  place={place}
                />
              ),
            )}
          </div>
        </>
      )}
    </>
  );
};

const AllDrills = ({ place }: { readonly place: Place }): JSX.Element => {
  const drills = useAnswer(callOf(routes.completion, { filters: place.filters, query: { by: 'drill' } }));
  return (
    <>
      <header class="title">
        <h1>Drills</h1>
        <p class="lead">Choose one to see where people stop and how its questions do.</p>
      </header>
      <Loaded answer={drills}>
        {({ lines }) =>
          lines.length === 0 ? (
            <Empty filters={place.filters} />
          ) : (
            <CompletionList
              title="All drills"
              what="Drill"
              rows={drillRows(lines)}
              hrefOf={({ group }) => hashOf(narrowed(place, { drill: group['drill'] ?? '' }))}
            />
          )
        }
      </Loaded>
    </>
  );
};

const OneDrill = ({ place }: { readonly place: Place }): JSX.Element => {
  const answer = useAnswer(callOf(routes.items, { filters: place.filters }));
  return <Loaded answer={answer}>{(body) => <Whole place={place} answer={body} />}</Loaded>;
};

/** How a drill does; all of them to choose from where the filters name none. */
export const Drill = ({ place }: { readonly place: Place }): JSX.Element =>
  place.filters.drill === undefined ? <AllDrills place={place} /> : <OneDrill place={place} />;
