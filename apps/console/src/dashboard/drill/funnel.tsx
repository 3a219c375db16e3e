import type { JSX } from 'preact';
import type { Filters } from '../address';
import type { FunnelVersion, Version } from '../answers';
import { useAnswer } from '../ask';
import { Figure } from '../charts/figure';
import { Legend } from '../charts/patterns';
import { Rows, type Row } from '../charts/rows';
import { Loaded } from '../frame/loaded';
import { callOf, routes } from '../routes';
import { count, readable } from '../words';
import { isLastWord } from './drill-model';
import { branchWords, dropped, funnelSentence, funnelTable, isBranch } from './funnel-model';

const rowsOf = (version: FunnelVersion): readonly Row[] =>
  version.prompts.map((prompt, index) => ({
    key: prompt.prompt,
    label: `${isBranch(prompt, version) ? '↳ ' : ''}${index + 1}. ${readable(prompt.prompt)}`,
    value: isLastWord(prompt)
      ? `${count(prompt.ended)} came to the end`
      : `${count(prompt.answered)} of ${count(prompt.reached)}`,
    parts: { full: prompt.answered + prompt.ended, hatched: dropped(prompt) },
  }));

const legend = (
  <Legend
    of={[
      ['full', 'Answered'],
      ['hatched', 'Reached, not answered'],
    ]}
  />
);

const Branches = ({ version }: { readonly version: FunnelVersion }): JSX.Element | null => {
  const said = branchWords(version);
  if (said.length === 0) return null;
  return (
    <ul class="branches">
      {said.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
};

const Drawn = ({
  drill,
  version,
}: {
  readonly drill: string;
  readonly version: FunnelVersion;
}): JSX.Element => {
  const sentence = funnelSentence(version);
  return (
    <Figure
      title="Where people stop"
      sentence={sentence}
      table={funnelTable(drill, version)}
      legend={legend}
      below={<Branches version={version} />}
    >
      <Rows rows={rowsOf(version)} sentence={sentence} />
    </Figure>
  );
};

/** How far people come in one version of a drill, and by which ways. */
export const Funnel = ({
  drill,
  filters,
  of,
}: {
  readonly drill: string;
  readonly filters: Filters;
  readonly of: Version;
}): JSX.Element => (
  <Loaded answer={useAnswer(callOf(routes.funnel, { filters }))}>
    {({ revisions }) => {
      const version = revisions.find(
        ({ revision, language }) => revision === of.revision && language === of.language,
      );
      return <Drawn drill={drill} version={version ?? { ...of, runs: 0, prompts: [] }} />;
    }}
  </Loaded>
);
