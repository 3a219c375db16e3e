import { z } from 'zod';
import type { Finding, Path, Position } from './problem';
import { fieldsOf, mark, note, suggestion, type Reading } from './reader';
import type { Tree } from './source';

/** A text that a carrier takes. */
export const carriedText = z
  .string()
  .max(1_600, 'has more characters than the 1,600 that a carrier takes')
  .regex(/\S/, 'is empty');

/** A file of settings read, as far as it goes, with what was wrong on the way. */
export type SettingsReading<Settings> = {
  readonly settings?: Settings;
  readonly findings: readonly Finding[];
  readonly spots: ReadonlyMap<string, Position>;
};

/** What a file may say: by which schema, and which names may have been meant by one that is unknown. */
type Format<Settings> = {
  readonly schema: z.ZodType<Settings>;
  /** The fields at the top; without them any name may stand there. */
  readonly fields?: readonly string[];
  readonly fieldsBelow: readonly string[];
};

/** What the file says, as plain values; where each was written is remembered. */
const plain = (reading: Reading, tree: Tree, path: Path): unknown => {
  mark(reading, path, tree.at);
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map((item, index) => plain(reading, item, [...path, index]));
    case 'map':
      return Object.fromEntries(
        [...tree.fields].map(([name, field]) => [name, plain(reading, field.tree, [...path, name])]),
      );
  }
};

/** A union says of each of its members why it is not that one: the longest way in is what was meant. */
const meant = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const [deepest] = issue.errors.flat().sort((one, other) => other.path.length - one.path.length);
  const inner = issue.errors.flat().find(({ code }) => code === 'custom') ?? deepest;
  return inner === undefined ? issue : meant({ ...inner, path: [...issue.path, ...inner.path] });
};

const unknownBelow = (keys: readonly string[], path: Path, known: readonly string[]): readonly Finding[] =>
  keys.map((key) => ({
    code: 'unknown-field',
    path: [...path, key],
    message: `'${key.slice(0, 64)}' is not a field here${suggestion(key, known)}`,
  }));

const findingsOf =
  (fieldsBelow: readonly string[]) =>
  (given: z.core.$ZodIssue): readonly Finding[] => {
    const issue = meant(given);
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys')
      return path.length === 0 ? [] : unknownBelow(issue.keys, path, fieldsBelow);
    const code = issue.code === 'invalid_type' ? 'wrong-type' : 'bad-value';
    return [{ code, path, message: issue.message }];
  };

/** Reads a file of settings by its schema. Unknown names at the top are reported here, and those below by the schema. */
export const readSettings = <Settings>(
  tree: Tree,
  { schema, fields, fieldsBelow }: Format<Settings>,
): SettingsReading<Settings> => {
  const reading: Reading = { findings: [], spots: new Map(), languages: [] };
  const names = tree.kind === 'map' ? [...tree.fields.keys()] : [];
  fieldsOf(reading, { tree, path: [] }, fields ?? names);
  const parsed = tree.kind === 'map' ? schema.safeParse(plain(reading, tree, [])) : undefined;
  for (const finding of parsed?.error?.issues.flatMap(findingsOf(fieldsBelow)) ?? []) note(reading, finding);
  return {
    ...(parsed?.success && { settings: parsed.data }),
    findings: reading.findings,
    spots: reading.spots,
  };
};
