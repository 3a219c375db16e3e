import { readOptions } from './options-file';
import type { Path } from './problem';
import {
  byLanguage,
  fieldsOf,
  isByLanguage,
  listOf,
  localizedText,
  localizedTexts,
  note,
  requireLanguages,
  textOf,
  valueOf,
  type Place,
  type Reading,
} from './reader';
import type { Field, Tree } from './source';

export const promptFields = [
  'slug',
  'messages',
  'options',
  'key',
  'answer',
  'answers',
  'maxAttempts',
  'store',
  'other',
  'asks',
  'next',
];
const messageFields = ['text', 'media'];
const storeFields = ['field', 'type'];
const nextFields = ['right', 'wrong', 'answered', 'options'];

/** What is left of an object without its absent values: the content knows no `undefined`. */
const present = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const readMedia = (reading: Reading, place: Place): unknown =>
  isByLanguage(place.tree)
    ? byLanguage(reading, place, (tree, path) => textOf(reading, tree, path))
    : textOf(reading, place.tree, place.path);

/** A message is a text by language, with `media` beside the languages where it has a picture. */
const readMessage = (reading: Reading, tree: Tree, path: Path): unknown => {
  if (tree.kind !== 'map') return { text: localizedText(reading, { tree, path: [...path, 'text'] }) };
  const fields = fieldsOf(reading, { tree, path }, [...messageFields, ...twoLetters(tree)]);
  const media = fields.get('media');
  const text = textTree(tree, fields.get('text'));
  return present({
    text: text && localizedText(reading, { tree: text, path: [...path, 'text'] }),
    media: media && readMedia(reading, { tree: media.tree, path: [...path, 'media'] }),
  });
};

const twoLetters = (tree: Tree): string[] =>
  tree.kind === 'map' ? [...tree.fields.keys()].filter((key) => /^[a-z]{2}$/.test(key)) : [];

const textTree = (tree: Extract<Tree, { kind: 'map' }>, text: Field | undefined): Tree | undefined => {
  const languages = new Set(twoLetters(tree));
  if (text || languages.size === 0) return text?.tree;
  return { ...tree, fields: new Map([...tree.fields].filter(([key]) => languages.has(key))) };
};

/** What a field takes where its author does not say. */
const usualTypes: ReadonlyMap<string | undefined, string> = new Map([
  ['delivery', 'when'],
  ['timeZone', 'zone'],
]);

const readStore = (reading: Reading, tree: Tree, path: Path): unknown => {
  const read = (value: Tree, name: string) => textOf(reading, value, [...path, name]);
  const usual = (field: string | undefined) => usualTypes.get(field) ?? 'text';
  if (tree.kind === 'scalar') {
    const field = read(tree, 'field');
    return { field, type: usual(field) };
  }
  const fields = fieldsOf(reading, { tree, path }, storeFields);
  const type = fields.get('type');
  const named = fields.get('field');
  const field = named && read(named.tree, 'field');
  return present({ field, type: type ? read(type.tree, 'type') : usual(field) });
};

const readTargets = (reading: Reading, tree: Tree, path: Path): unknown => {
  const names = tree.kind === 'map' ? [...tree.fields.keys()] : ['a', 'b'];
  const fields = fieldsOf(reading, { tree, path }, names);
  return Object.fromEntries(
    [...fields].map(([id, target]) => [id, textOf(reading, target.tree, [...path, id])]),
  );
};

const readNext = (reading: Reading, tree: Tree, path: Path): unknown => {
  if (tree.kind === 'scalar') return textOf(reading, tree, path);
  const fields = fieldsOf(reading, { tree, path }, nextFields);
  const target = (name: string): string | undefined => {
    const field = fields.get(name);
    return field && textOf(reading, field.tree, [...path, name]);
  };
  const options = fields.get('options');
  return present({
    right: target('right'),
    wrong: target('wrong'),
    answered: target('answered'),
    options: options && readTargets(reading, options.tree, [...path, 'options']),
  });
};

/** One key for all languages. Authors may write it by language; then every language must say the same. */
const readKey = (reading: Reading, tree: Tree, path: Path): string | undefined => {
  if (!isByLanguage(tree)) return textOf(reading, tree, path);
  const keys = byLanguage(reading, { tree, path }, (value, below) => textOf(reading, value, below)) ?? {};
  requireLanguages(reading, path, Object.keys(keys));
  const distinct = new Set(Object.values(keys));
  if (distinct.size > 1) {
    const said = Object.entries(keys).map(([language, key]) => `${language}: ${key}`);
    note(reading, {
      code: 'languages-disagree',
      path,
      message: `languages differ in the key (${said.join(', ')})`,
    });
  }
  return [...distinct][0];
};

const readAnswers = (reading: Reading, place: Place): unknown => {
  const answers = localizedTexts(reading, place);
  if (answers) requireLanguages(reading, place.path, Object.keys(answers));
  return answers;
};

type Prompt = { readonly reading: Reading; readonly path: Path; readonly fields: ReadonlyMap<string, Field> };

const readField = (
  { path, fields }: Prompt,
  name: string,
  read: (tree: Tree, path: Path) => unknown,
): unknown => {
  const field = fields.get(name);
  return field && read(field.tree, [...path, name]);
};

/** `answer` says what is right in either kind of prompt: the key where there are options, else the accepted texts. */
const readRight = (prompt: Prompt): Readonly<Record<string, unknown>> => {
  const { reading, path, fields } = prompt;
  const answer = fields.get('answer');
  const key = readField(prompt, 'key', (tree, below) => readKey(reading, tree, below));
  const answers = readField(prompt, 'answers', (tree, below) => readAnswers(reading, { tree, path: below }));
  if (!answer) return { key, answers };
  if (fields.has('key') || fields.has('answers')) {
    const message = `'answer' stands for 'key' or 'answers': give one of them`;
    note(reading, { code: 'key-and-answers', path: [...path, 'answer'], message });
    return { key, answers };
  }
  return fields.has('options')
    ? { key: readKey(reading, answer.tree, [...path, 'key']) }
    : { answers: readAnswers(reading, { tree: answer.tree, path: [...path, 'answers'] }) };
};

/** Reads one prompt in the author's form; the schema judges the values afterwards. */
export const readPrompt = (reading: Reading, tree: Tree, path: Path): unknown => {
  const fields = fieldsOf(reading, { tree, path }, promptFields);
  const prompt: Prompt = { reading, path, fields };
  return present({
    slug: readField(prompt, 'slug', (value, below) => textOf(reading, value, below)),
    messages: readField(prompt, 'messages', (value, below) =>
      listOf(reading, { tree: value, path: below }, (item, at) => readMessage(reading, item, at)),
    ),
    options: readField(prompt, 'options', (value, below) =>
      readOptions(reading, { tree: value, path: below }),
    ),
    ...readRight(prompt),
    maxAttempts: readField(prompt, 'maxAttempts', (value, below) => valueOf(reading, value, below)),
    store: readField(prompt, 'store', (value, below) => readStore(reading, value, below)),
    other: readField(prompt, 'other', (value, below) => valueOf(reading, value, below)),
    asks: readField(prompt, 'asks', (value, below) => textOf(reading, value, below)),
    next: readField(prompt, 'next', (value, below) => readNext(reading, value, below)),
  });
};
