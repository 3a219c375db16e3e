import { asksToStop, asksUnless, compileKeywords, defaultKeywords, meaningOf } from '@stopcovid/dialog-core';
import { readSet, setNames, type ExampleSet } from './examples';
import { soundOf } from './learn';
import { train, type Trained } from './train';

const keywords = compileKeywords(defaultKeywords);

type Hears = (text: string) => boolean;

const isKeyword: Hears = (text) => meaningOf(keywords, text)?.kind === 'optOut';

/** Taken as an opt-out, or asked back by a rule. */
export const isHeardByRules: Hears = (text) => isKeyword(text) || asksToStop(text);

const share = (texts: readonly string[], hears: Hears): string =>
  `${texts.filter(hears).length}/${texts.length}`;

const rowsOf = (name: string, { requests, others }: ExampleSet, trained: Trained): readonly string[] => {
  const byWeights: Hears = (text) => soundOf(trained, text) > trained.threshold;
  const isDenied: Hears = (text) => {
    const sound = soundOf(trained, text);
    return Number.isFinite(sound) && sound < trained.floor;
  };
  const hearers: readonly Hears[] = [
    (text) => isKeyword(text) || asksUnless(text, () => false),
    byWeights,
    (text) => isKeyword(text) || asksUnless(text, isDenied) || byWeights(text),
  ];
  return Object.keys(requests).map((language) => {
    const cells = [requests[language] ?? [], others[language] ?? []].flatMap((texts) =>
      hearers.map((hears) => share(texts, hears)),
    );
    return `| ${[name, language, ...cells].join(' | ')} |`;
  });
};

/** A table of each set, judged by what was learnt from the others; and of the one that nothing was ever learnt from. */
export const compare = (): string => {
  const rows = setNames.flatMap((name) => {
    const others = setNames.filter((each) => each !== name);
    return rowsOf(name, readSet(name), train(others, name));
  });
  const fresh = rowsOf('fresh', readSet('fresh'), train());
  const head = '| set | language | rules | weights | both | rules, false | weights, false | both, false |';
  return `${[head, '|---|---|---|---|---|---|---|---|', ...rows, ...fresh].join('\n')}\n`;
};
