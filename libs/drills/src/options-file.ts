import type { Path } from './problem';
import {
  fieldsOf,
  isByLanguage,
  listOf,
  localizedText,
  localizedTexts,
  mark,
  note,
  spokenOf,
  textOf,
  wrongType,
  type Place,
  type Reading,
} from './reader';
import type { Tree } from './source';

type AuthoredOption = {
  readonly id: string | undefined;
  readonly text?: Readonly<Record<string, string>> | undefined;
  readonly accept?: Readonly<Record<string, readonly string[]>>;
  readonly value?: string;
};

const optionFields = ['id', 'text', 'accept', 'value'];
const languagesIn = (tree: Tree): string[] =>
  tree.kind === 'map' ? [...tree.fields.keys()].filter((key) => /^[a-z]{2}$/.test(key) && key !== 'id') : [];

/** `a) for 20 seconds`, `12. twice`: what marks the option, and what it says. */
const marked = (text: string): { id: string; text: string } | undefined => {
  const match = /^\s*(\p{L}\p{M}*|\p{N}{1,2})\s*[).:]\s+(\S[\s\S]*)$/u.exec(text);
  return match?.[1] && match[2] ? { id: match[1], text: match[2].trim() } : undefined;
};

const unmarked = (reading: Reading, path: Path, text: string): undefined => {
  const message = `'${text.slice(0, 40)}' must begin with its mark, as in 'a) ${text.slice(0, 20)}'`;
  note(reading, { code: 'bad-value', path, message });
  return undefined;
};

const textFieldOf = (tree: Extract<Tree, { kind: 'map' }>): Tree | undefined => {
  const languages = languagesIn(tree);
  const text = tree.fields.get('text')?.tree;
  if (text || languages.length === 0) return text;
  return { ...tree, fields: new Map([...tree.fields].filter(([key]) => languages.includes(key))) };
};

const readWritten = (reading: Reading, tree: Extract<Tree, { kind: 'map' }>, path: Path): AuthoredOption => {
  const fields = fieldsOf(reading, { tree, path }, [...optionFields, ...languagesIn(tree)]);
  const text = textFieldOf(tree);
  const [id, accept, value] = [fields.get('id'), fields.get('accept'), fields.get('value')];
  const accepted = accept && localizedTexts(reading, { tree: accept.tree, path: [...path, 'accept'] });
  const stored = value && textOf(reading, value.tree, [...path, 'value']);
  return {
    id: id && textOf(reading, id.tree, [...path, 'id']),
    text: text && localizedText(reading, { tree: text, path: [...path, 'text'] }),
    ...(accepted && { accept: accepted }),
    ...(stored !== undefined && { value: stored }),
  };
};

const readOption = (reading: Reading, tree: Tree, path: Path): AuthoredOption | undefined => {
  mark(reading, path, tree.at);
  if (tree.kind === 'map') return readWritten(reading, tree, path);
  const text = spokenOf(reading, tree, path);
  const [language, ...others] = reading.languages;
  if (text === undefined || language === undefined) return undefined;
  if (others.length > 0) {
    wrongType(reading, { tree, path }, 'an id and a text in each language');
    return undefined;
  }
  const option = marked(text);
  return option ? { id: option.id, text: { [language]: option.text } } : unmarked(reading, path, text);
};

type Marked = { readonly id: string; readonly text: string; readonly tree: Tree };
type ListOfLanguage = { readonly language: string; readonly at: Place; readonly options: readonly Marked[] };

const readList = (reading: Reading, language: string, at: Place): ListOfLanguage => ({
  language,
  at,
  options: listOf(reading, at, (tree, path) => {
    const text = spokenOf(reading, tree, path) ?? '';
    const option = marked(text);
    return option ? { ...option, tree } : unmarked(reading, path, text);
  }),
});

const idsOf = (list: ListOfLanguage): string => list.options.map(({ id }) => id).join(', ');

/** Lists by language are put together by their marks, so they must have the same ones. */
const joinLists = (reading: Reading, path: Path, lists: readonly ListOfLanguage[]): AuthoredOption[] => {
  const [first, ...others] = lists;
  for (const other of others)
    if (first && idsOf(other) !== idsOf(first)) {
      const message = `the options in '${other.language}' are ${idsOf(other)}, those in '${first.language}' ${idsOf(first)}`;
      note(reading, { code: 'languages-disagree', path: other.at.path, message });
    }
  return (first?.options ?? []).map(({ id, tree }, index) => {
    mark(reading, [...path, index], tree.at);
    const texts = lists.flatMap(({ language, options }) => {
      const option = options.find((candidate) => candidate.id === id);
      if (option) mark(reading, [...path, index, 'text', language], option.tree.at);
      return option ? [[language, option.text] as const] : [];
    });
    return { id, text: Object.fromEntries(texts) };
  });
};

const readLists = (reading: Reading, { tree, path }: Place): AuthoredOption[] => {
  const fields = tree.kind === 'map' ? tree.fields : new Map<string, never>();
  mark(reading, path, tree.at);
  for (const language of reading.languages.filter((candidate) => !fields.has(candidate)))
    note(reading, { code: 'missing-language', path, message: `the options in '${language}' are missing` });
  const lists = [...fields].flatMap(([language, field]) => {
    const below = [...path, language];
    mark(reading, below, field.at);
    if (reading.languages.includes(language))
      return [readList(reading, language, { tree: field.tree, path: below })];
    note(reading, {
      code: 'undeclared-language',
      path: below,
      message: `'${language}' is not a language of this drill`,
    });
    return [];
  });
  return joinLists(reading, path, lists);
};

/** Options are written as a list with a text in each language, or as one list of marked texts for each language. */
export const readOptions = (reading: Reading, place: Place): AuthoredOption[] =>
  isByLanguage(place.tree)
    ? readLists(reading, place)
    : listOf(reading, place, (item, path) => readOption(reading, item, path));
