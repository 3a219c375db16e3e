import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { Position } from './problem';
import type { ProblemCode } from './problem-codes';

/** A file as it was read; `path` is relative to the drill directory, with forward slashes. */
export type SourceFile = { readonly path: string; readonly text: string };

/** The largest file that is looked into, in bytes. */
export const maxFileBytes = 256 * 1_024;

/** A parsed value that knows its place in the file. A scalar keeps its text as it was written. */
export type Tree =
  | { readonly kind: 'map'; readonly at: Position; readonly fields: ReadonlyMap<string, Field> }
  | { readonly kind: 'list'; readonly at: Position; readonly items: readonly Tree[] }
  | {
      readonly kind: 'scalar';
      readonly at: Position;
      readonly text: string;
      readonly value: unknown;
      /** What YAML took for a comment behind a text without quotes. */ readonly dropped?: string;
    };
export type Field = { readonly at: Position; readonly tree: Tree };

export type SourceProblem = { readonly code: ProblemCode; readonly at: Position; readonly message: string };
/** Without a tree nothing of the file can be used; with one the problems are warnings. */
export type ParsedSource = { readonly tree?: Tree; readonly problems: readonly SourceProblem[] };

type Context = { readonly lines: LineCounter; readonly problems: SourceProblem[] };

const start: Position = { line: 1, column: 1 };
/** More than these say nothing new: one wrong indentation can break every line after it. */
const mostProblems = 20;

const placeOf = (lines: LineCounter, offset: number): Position => {
  const { line, col } = lines.linePos(offset);
  return line < 1 ? start : { line, column: col };
};
const report = (context: Context, problem: SourceProblem): void => {
  if (context.problems.length < mostProblems) context.problems.push(problem);
};

/** `uniqueKeys` is left to us: the parser's own check takes time that grows with the square of the keys. */
const options = { prettyErrors: false, stringKeys: true, uniqueKeys: false, logLevel: 'silent' } as const;

const toField = (context: Context, at: Position, value: ParsedNode | null): Field => ({
  at,
  tree: value ? toTree(context, value) : { kind: 'scalar', at, text: '', value: null },
});

const toMap = (context: Context, map: YAMLMap.Parsed, at: Position): Tree => {
  const fields = new Map<string, Field>();
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const place = placeOf(context.lines, key.range[0]);
    if (name === '<<')
      report(context, {
        code: 'alias',
        at: place,
        message: 'merge keys are not supported: write the value out',
      });
    else if (fields.has(name))
      report(context, { code: 'bad-yaml', at: place, message: `'${name}' is given twice` });
    fields.set(name, toField(context, place, value));
  }
  return { kind: 'map', at, fields };
};

/** Anchors would let a small file grow without bound, and tags change what a value is: a drill needs neither. */
const refuseExtras = (context: Context, node: ParsedNode, at: Position): void => {
  if (isAlias(node))
    report(context, {
      code: 'alias',
      at,
      message: `the alias *${node.source} is not supported: write the value out`,
    });
  else if (node.anchor)
    report(context, {
      code: 'alias',
      at,
      message: `the anchor &${node.anchor} is not supported: leave it out`,
    });
  else if (node.tag)
    report(context, { code: 'alias', at, message: `the tag ${node.tag} is not supported: leave it out` });
};

const toTree = (context: Context, node: ParsedNode): Tree => {
  const at = placeOf(context.lines, node.range[0]);
  refuseExtras(context, node, at);
  if (isMap(node)) return toMap(context, node, at);
  if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => toTree(context, item)) };
  if (isAlias(node)) return { kind: 'scalar', at, text: '', value: null };
  const text = typeof node.value === 'string' ? node.value : node.source;
  const dropped = node.type === 'PLAIN' && typeof node.value === 'string' ? node.comment : undefined;
  return { kind: 'scalar', at, text, value: node.value, ...(dropped && { dropped: `#${dropped}` }) };
};

const refused = (code: ProblemCode, message: string): ParsedSource => ({
  problems: [{ code, at: start, message }],
});

/** Documents behind the first: YAML allows them, and nobody would read them. */
const unread = (lines: LineCounter, documents: readonly Document.Parsed[]): readonly SourceProblem[] =>
  documents.flatMap(({ contents }) =>
    contents === null || (isScalar(contents) && contents.source === '')
      ? []
      : [
          {
            code: 'second-document',
            at: placeOf(lines, contents.range[0]),
            message: "a line '---' ends what is read: nothing from here on is used",
          },
        ],
  );

const tooDeep = 'the file is nested too deeply';

const readDocument = (text: string): ParsedSource => {
  const lines = new LineCounter();
  const context: Context = { lines, problems: [] };
  const [document, ...others] = parseAllDocuments(text, { ...options, lineCounter: lines });
  if (document === undefined) return refused('bad-yaml', 'the file is empty');
  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return refused('bad-yaml', tooDeep);
  for (const { pos, message } of document.errors)
    report(context, { code: 'bad-yaml', at: placeOf(lines, pos[0]), message: message.split('\n')[0] ?? '' });
  if (document.contents === null)
    report(context, { code: 'bad-yaml', at: start, message: 'the file is empty' });
  if (context.problems.length > 0 || document.contents === null) return { problems: context.problems };
  const tree = toTree(context, document.contents);
  return context.problems.length > 0
    ? { problems: context.problems }
    : { tree, problems: unread(lines, others) };
};

/** Reads YAML, of which JSON is a part. Total: whatever the text, it answers with a tree or with problems. */
export const parseSource = (text: string): ParsedSource => {
  if (Buffer.byteLength(text) > maxFileBytes) return refused('file-too-large', 'the file is over 256 KiB');
  if (/[\0\uFFFD]/.test(text)) return refused('bad-encoding', 'the file is not UTF-8 text');
  try {
    return readDocument(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    // The parser recurses, so depth shows as a full stack; anything else is a fault of ours and must be heard of.
    if (thrown instanceof RangeError) return refused('bad-yaml', tooDeep);
    throw thrown;
  }
};
