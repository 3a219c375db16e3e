import type { Filters } from '../address';
import type { CompletionAnswer, CompletionLine } from '../answers';
import { useAnswer, type Answer } from '../ask';
import { languageName, readable } from '../words';

/** What a filter can be set to. */
export type Option = { readonly value: string; readonly name: string };

export type Choices = {
  /** The server's day, which need not be the browser's. */
  readonly today: string;
  readonly employers: readonly Option[];
  /** Those of the employer that is chosen. */
  readonly units: readonly Option[];
  readonly drills: readonly Option[];
  readonly languages: readonly Option[];
};

const namesIn = (lines: readonly CompletionLine[], key: string): readonly string[] =>
  [...new Set(lines.flatMap(({ group }) => group[key] ?? []))].sort();

const options = (names: readonly string[], nameOf = (name: string): string => name): readonly Option[] =>
  names.map((value) => ({ value, name: nameOf(value) }));

const linesOf = (answer: Answer<CompletionAnswer>): readonly CompletionLine[] =>
  answer.is === 'here' ? answer.body.lines : [];

const dayOf = (answer: Answer<CompletionAnswer>): string =>
  (answer.is === 'here' ? answer.body.asOf : new Date().toISOString()).slice(0, 10);

/** What there is to choose from: whatever had a run, whichever filters are set. */
export const useChoices = ({ employer }: Filters): Choices => {
  const byUnit = useAnswer<CompletionAnswer>('stats/completion?by=unit');
  const byDrill = useAnswer<CompletionAnswer>('stats/completion?by=drill,language');
  const ofEmployer = linesOf(byUnit).filter(({ group }) => group['employerId'] === employer);
  return {
    today: dayOf(byUnit),
    employers: options(namesIn(linesOf(byUnit), 'employerId')),
    units: options(namesIn(ofEmployer, 'unitId')),
    drills: options(namesIn(linesOf(byDrill), 'drill'), readable),
    languages: options(namesIn(linesOf(byDrill), 'language'), languageName),
  };
};
