import type { ItemMeasures, OptionMeasures } from './item-measures';

/** What an item is, as far as its figures need it. `options` is empty and `key` `null` where it is answered in words. */
export type Item = { readonly options: readonly string[]; readonly key: string | null };

/** What an author should look at. */
export type ItemFlag =
  /** Those who know the rest are wrong here, or rather pick this wrong option than the key. */
  | { readonly flag: 'checkTheKey'; readonly option: string | null }
  /** Hardly anybody picks this wrong option. */
  | { readonly flag: 'deadOption'; readonly option: string }
  /** It hardly tells who knows the rest from who does not. */
  | { readonly flag: 'weak' }
  | { readonly flag: 'tooEasy' }
  /** Hardly more are right than would be by guessing. */
  | { readonly flag: 'tooHard' };

const fewPick = 0.05;
const nearlyAll = 0.95;
const aboveGuessing = 0.05;
const weakEfficiency = 0.15;

type WrongOption = OptionMeasures & { readonly option: string };

const wrongOptions = ({ options }: ItemMeasures, item: Item): readonly WrongOption[] =>
  options.filter((one): one is WrongOption => one.option !== null && one.option !== item.key);

const mistaken = (measures: ItemMeasures, item: Item): readonly ItemFlag[] => {
  const { discrimination, answers } = measures;
  if (discrimination === null) return [];
  const rivals = wrongOptions(measures, item).filter(
    ({ count, correlation }) =>
      count / answers >= fewPick && correlation !== null && correlation > discrimination,
  );
  const options = rivals.length > 0 ? rivals.map(({ option }) => option) : discrimination < 0 ? [null] : [];
  return options.map((option) => ({ flag: 'checkTheKey', option }));
};

const dead = (measures: ItemMeasures, item: Item): readonly ItemFlag[] =>
  wrongOptions(measures, item)
    .filter(({ count }) => count / measures.answers < fewPick)
    .map(({ option }) => ({ flag: 'deadOption', option }));

const weak = ({ efficiency }: ItemMeasures): readonly ItemFlag[] =>
  efficiency !== null && efficiency >= 0 && efficiency < weakEfficiency ? [{ flag: 'weak' }] : [];

const extreme = ({ right, answers }: ItemMeasures, { options, key }: Item): readonly ItemFlag[] => {
  const guessed = key === null || options.length === 0 ? 0 : 1 / options.length;
  if (right / answers > nearlyAll) return [{ flag: 'tooEasy' }];
  return right / answers < guessed + aboveGuessing ? [{ flag: 'tooHard' }] : [];
};

/** The flags of an item that enough have answered, the gravest first. */
export const flagsOf = (measures: ItemMeasures, item: Item): readonly ItemFlag[] => [
  ...mistaken(measures, item),
  ...extreme(measures, item),
  ...weak(measures),
  ...dead(measures, item),
];
