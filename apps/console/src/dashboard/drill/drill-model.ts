import type { EngagementAnswer, Flag, Item, Question, Version } from '../answers';
import type { Table } from '../charts/table';
import { count, counted, duration, languageName, percent } from '../words';

/** What an address says of a version: enough of its hash, and its language. */
export const versionName = ({ revision, language }: Version): string =>
  `${revision.slice(0, 10)}.${language}`;

/** The version that is asked for; else the one with the most runs. */
export const chosenVersion = (versions: readonly Version[], name: string | undefined): Version | undefined =>
  versions.find((version) => versionName(version) === name) ??
  [...versions].sort((one, other) => other.runs - one.runs)[0];

/** A version as people tell it from others: by language, and by content only where there are several. */
export const versionWords = (version: Version, versions: readonly Version[]): string => {
  const language = languageName(version.language);
  const contents = new Set(versions.map(({ revision }) => revision)).size;
  const runs = counted(version.runs, 'run');
  return contents > 1
    ? `${language}, content ${version.revision.slice(0, 6)} (${runs})`
    : `${language} (${runs})`;
};

/** Whether it is the last word of the drill, which asks for nothing. */
export const isLastWord = ({
  answered,
  ended,
}: {
  readonly answered: number;
  readonly ended: number;
}): boolean => answered === 0 && ended > 0;

const nameOfOption = (option: string | null): string => (option === null ? 'none of the options' : option);

/** What was answered first, option by option. */
export const optionsTable = (drill: string, { prompt, key }: Question, { options }: Item): Table => ({
  name: `${drill}-${prompt}`,
  columns: ['Option', 'Right', 'First answers', 'Of', 'Share'],
  rows: options.map(({ option, picked }) => [
    nameOfOption(option),
    option !== null && option === key ? 'yes' : null,
    picked.count,
    picked.of,
    picked.share === null ? '–' : percent(picked.count, picked.of),
  ]),
});

const labelOf = (option: string | null, key: string | undefined): string => {
  if (option === null) return 'None of the options';
  return option === key ? `Option ${option} ✓ right` : `Option ${option}`;
};

/** A bar of an option. */
export type OptionBar = {
  readonly label: string;
  readonly isRight: boolean;
  readonly count: number;
  readonly value: string;
};

export const optionBars = ({ options }: Item, key: string | undefined): readonly OptionBar[] =>
  options.map(({ option, picked }) => ({
    label: labelOf(option, key),
    isRight: option !== null && option === key,
    count: picked.count,
    value:
      picked.share === null
        ? `${count(picked.count)} of ${count(picked.of)}`
        : `${percent(picked.count, picked.of)} (${count(picked.count)})`,
  }));

const timeWords = ({ median, p90 }: Question['seconds']): string => {
  if (median === null) return '';
  const half = ` Half answered within ${duration(median)}`;
  return p90 === null ? `${half}.` : `${half}, nine in ten within ${duration(p90)}.`;
};

const reminderWords = ({ afterReminder: { count: late, of } }: Question): string =>
  late === 0 ? '' : ` ${count(late)} of ${count(of)} answered only after a reminder.`;

const unclearWords = ({ unclear }: Question): string =>
  unclear === 0 ? '' : ` ${counted(unclear, 'answer')} could not be read as any option.`;

const rightWords = ({ item, answered }: Question): string => {
  if (item === undefined) return `${counted(answered, 'answer')}; none is right or wrong here.`;
  const { count: right, of, share } = item.facility;
  return share === null
    ? `${count(right)} of ${count(of)} right at the first attempt.`
    : `${percent(right, of)} right at the first attempt (${count(right)} of ${count(of)}).`;
};

/** How a question did, in words. */
export const questionSentence = (question: Question): string =>
  `${rightWords(question)}${timeWords(question.seconds)}${reminderWords(question)}${unclearWords(question)}`;

const gates: Readonly<Record<Item['grade'], string | undefined>> = {
  countsOnly: 'Fewer than 10 answers: counts only.',
  ratesOnly: 'Fewer than 30 completed runs: shares only, and no advice yet.',
  provisional: 'Fewer than 100 completed runs: too few for advice.',
  full: undefined,
};

/** What may not be said yet of a question, and why. */
export const gateWords = ({ grade }: Item): string | undefined => gates[grade];

/** What an author should look at, in plain words. */
export const flagWords = (flag: Flag): string => {
  switch (flag.flag) {
    case 'checkTheKey':
      return flag.option === null
        ? 'Check which answer counts as right: those who know the rest tend to be wrong here.'
        : `Check which answer counts as right: those who know the rest rather pick option ${flag.option}.`;
    case 'deadOption':
      return `Hardly anybody picks option ${flag.option}: put a mistake there that people make.`;
    case 'weak':
      return 'It hardly tells those who know the rest from those who do not.';
    case 'tooEasy':
      return 'Nearly everybody knows it: it may be left out, or be made harder.';
    case 'tooHard':
      return 'Hardly more are right than would be by guessing: say it more simply, or teach it first.';
  }
};

const points = (share: number): string => `${Math.round(100 * share)}`;

/** What people said of themselves, where a drill asks for it; nothing where it does not. */
export const ratingSentences = ({
  confidence,
  satisfaction,
}: EngagementAnswer['total']): readonly string[] => {
  const { pairs, before, after, lift } = confidence;
  const tooFew = 'said it; means are shown from ten on';
  const surer =
    before === null || after === null || lift === null
      ? `How sure they are before and after: ${counted(pairs, 'person')} ${tooFew}.`
      : `How sure they are, of 100: ${points(before)} before, ${points(after)} after (${lift < 0 ? '−' : '+'}${points(Math.abs(lift))}), of ${counted(pairs, 'person')}.`;
  const content =
    satisfaction.mean === null
      ? `How content they are: ${counted(satisfaction.of, 'person')} ${tooFew}.`
      : `How content they are, of 100: ${points(satisfaction.mean)}, of ${counted(satisfaction.of, 'person')}.`;
  return [...(pairs === 0 ? [] : [surer]), ...(satisfaction.of === 0 ? [] : [content])];
};
