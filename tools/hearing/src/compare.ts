import { asksToStop, compileKeywords, defaultKeywords, meaningOf } from '@stopcovid/dialog-core';
import { readSet, setNames, type ExampleSet } from './examples';
import { soundOf } from './learn';
import { train } from './train';

const keywords = compileKeywords(defaultKeywords);

/** Taken as an opt-out, or asked back by a rule. */
export const isHeardByRules = (text: string): boolean =>
  meaningOf(keywords, text)?.kind === 'optOut' || asksToStop(text);

type Hears = (text: string) => boolean;
const share = (texts: readonly string[], hears: Hears): string =>
  `${texts.filter(hears).length}/${texts.length}`;

const rowsOf = (name: string, { requests, others }: ExampleSet, byWeights: Hears): readonly string[] =>
  Object.keys(requests).map((language) => {
    const hearers: readonly Hears[] = [
      isHeardByRules,
      byWeights,
      (text) => isHeardByRules(text) || byWeights(text),
    ];
    const cells = [requests[language] ?? [], others[language] ?? []].flatMap((texts) =>
      hearers.map((hears) => share(texts, hears)),
    );
    return `| ${[name, language, ...cells].join(' | ')} |`;
  });

/** A table of each set, judged by what was learnt from the others; and of the one that nothing was ever learnt from. */
export const compare = (): string => {
  const rows = setNames.flatMap((name) => {
    const trained = train(
      setNames.filter((each) => each !== name),
      name,
    );
    return rowsOf(name, readSet(name), (text) => soundOf(trained, text) > trained.threshold);
  });
  const trained = train();
  const fresh = rowsOf('fresh', readSet('fresh'), (text) => soundOf(trained, text) > trained.threshold);
  const head = '| set | language | rules | weights | both | rules, false | weights, false | both, false |';
  return `${[head, '|---|---|---|---|---|---|---|---|', ...rows, ...fresh].join('\n')}\n`;
};
