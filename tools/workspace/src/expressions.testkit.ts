import {
  createSourceFile,
  forEachChild,
  isRegularExpressionLiteral,
  ScriptTarget,
  type Node,
} from 'typescript';
import { check } from 'recheck';

/** A regular expression and where it stands. */
export type Expression = { readonly at: string; readonly source: string; readonly flags: string };

/** The expressions that a source file writes as literals. */
export const expressionsIn = (file: string, text: string): readonly Expression[] => {
  const found: Expression[] = [];
  const look = (node: Node): void => {
    if (isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ at: file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    forEachChild(node, look);
  };
  look(createSourceFile(file, text, ScriptTarget.Latest));
  return found;
};

/** The expressions that are put together while `load` runs. */
export const expressionsMadeBy = (load: () => void): readonly Expression[] => {
  const found: Expression[] = [];
  const known = globalThis.RegExp;
  globalThis.RegExp = new Proxy(known, {
    construct(make, given: [string, string?]) {
      const made = new make(...given);
      found.push({ at: 'made while loading', source: made.source, flags: made.flags });
      return made;
    },
  });
  try {
    load();
  } finally {
    globalThis.RegExp = known;
  }
  return found;
};

/** Only what repeats without end can take longer than its text is long. */
const repeats = /[*+]|\{\d*,\}/;

const longestCheckMs = 10_000;

/** Those that take more than linear time on some text, or of which it cannot be shown that they do not. */
export const superLinear = async (expressions: readonly Expression[]): Promise<readonly string[]> => {
  const each = new Map(expressions.map((one) => [`/${one.source}/${one.flags}`, one]));
  const refused: string[] = [];
  for (const [written, { at, source, flags }] of each) {
    if (!repeats.test(source)) continue;
    const found = await check(source, flags, { timeout: longestCheckMs });
    if (found.status === 'safe') continue;
    const why = found.status === 'vulnerable' ? found.complexity.summary : 'too long to be judged';
    refused.push(`${at}: ${written} is ${why}`);
  }
  return refused;
};
