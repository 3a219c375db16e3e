import { drillContentSchema, type DrillContent } from '@stopcovid/contracts';
import type { z } from 'zod';
import type { Finding, Path, Position } from './problem';
import type { ProblemCode } from './problem-codes';
import { passMarkMessage } from './pass-mark';
import { readPrompt } from './prompt-file';
import { fieldsOf, listOf, localizedText, mark, note, textOf, valueOf, type Reading } from './reader';
import type { Tree } from './source';

/** A drill file turned into content, as far as it goes, with what was wrong on the way. */
export type DrillReading = {
  readonly content?: DrillContent;
  /** Where a prompt keeps the whole from being content: the others, and where each stands in the file. */
  readonly others?: { readonly content: DrillContent; readonly indexes: readonly number[] };
  readonly findings: readonly Finding[];
  readonly spots: ReadonlyMap<string, Position>;
};

type Candidate = Readonly<Record<string, unknown>> & { readonly prompts: readonly unknown[] | undefined };

export const drillFields = [
  'slug',
  'title',
  'languages',
  'autoContinue',
  'ending',
  'passMark',
  'tellRegraded',
  'prompts',
];

const readLanguages = (tree: Tree | undefined): { languages: readonly string[]; reading: Reading } => {
  const first: Reading = { findings: [], spots: new Map(), languages: [] };
  const languages = tree
    ? listOf(first, { tree, path: ['languages'] }, (item, path) => textOf(first, item, path))
    : [];
  return { languages, reading: { ...first, languages } };
};

const codeOf = (issue: z.core.$ZodIssue): ProblemCode => {
  const last = issue.path.at(-1);
  if (last === 'maxAttempts') return 'max-attempts';
  if (last === 'passMark') return 'pass-mark';
  if (issue.code === 'too_small') return last === 'prompts' ? 'empty-drill' : 'empty-text';
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return missing ? 'missing-field' : 'bad-value';
};

const messageOf = (issue: z.core.$ZodIssue, code: ProblemCode): string => {
  const name = issue.path.at(-1);
  if (code === 'missing-field') return `'${String(name)}' is missing`;
  if (code === 'max-attempts') return 'must be a whole number from 1 to 10';
  if (code === 'pass-mark') return passMarkMessage;
  if (code === 'empty-drill') return 'a drill needs at least one prompt';
  if (code === 'empty-text') return 'must not be empty';
  return issue.message;
};

const toFinding = (issue: z.core.$ZodIssue): Finding => {
  const path: Path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const code = codeOf(issue);
  return { code, path, message: messageOf(issue, code) };
};

const faultyPrompt = ({ path: [root, index] }: z.core.$ZodIssue): number | undefined =>
  root === 'prompts' && typeof index === 'number' ? index : undefined;

/** For what is wrong around the prompts, so that these can be judged. */
const standIns = {
  slug: 'unnamed',
  title: {},
  autoContinue: false,
  ending: undefined,
  passMark: undefined,
  tellRegraded: undefined,
};

/** What is left without the prompts that are no content: one of them is no reason to say nothing of the others. */
const withoutFaulty = (candidate: Candidate, { issues }: z.ZodError): DrillReading['others'] => {
  const faulty = new Set(issues.map(faultyPrompt));
  const indexes = candidate.prompts?.map((_, index) => index).filter((index) => !faulty.has(index)) ?? [];
  const prompts = indexes.map((index) => candidate.prompts?.[index]);
  const sound = Object.fromEntries(
    Object.entries(standIns).filter(([name]) => issues.some(({ path }) => path[0] === name)),
  );
  const parsed = drillContentSchema.safeParse({ ...candidate, ...sound, prompts });
  return parsed.success ? { content: parsed.data, indexes } : undefined;
};

/** The schema's own findings are heard only where the reading found nothing: they would say the same again. */
const validate = (reading: Reading, candidate: Candidate): DrillReading => {
  const { findings, spots } = reading;
  const parsed = drillContentSchema.safeParse(candidate, { reportInput: true });
  if (parsed.success) return { content: parsed.data, findings, spots };
  const known = new Set(findings.map(({ path }) => path.join('/')));
  const fresh = parsed.error.issues.map(toFinding).filter(({ path }) => !known.has(path.join('/')));
  const others = withoutFaulty(candidate, parsed.error);
  return { ...(others && { others }), findings: [...findings, ...fresh], spots };
};

/** Reads the author's form of a drill. `fileName`, without its ending, is the slug of a drill that gives none. */
export const readDrill = (tree: Tree, fileName: string): DrillReading => {
  const languagesTree = tree.kind === 'map' ? tree.fields.get('languages')?.tree : undefined;
  const { languages, reading } = readLanguages(languagesTree);
  const fields = fieldsOf(reading, { tree, path: [] }, drillFields);
  const field = <T>(name: string, read: (tree: Tree, path: Path) => T): T | undefined => {
    const found = fields.get(name);
    return found && read(found.tree, [name]);
  };
  if (fields.size === 0) return { findings: reading.findings, spots: reading.spots };
  if (!languagesTree) {
    note(reading, {
      code: 'missing-field',
      path: [],
      message: `'languages' is missing: list them, as in [en, es]`,
    });
    return { findings: reading.findings, spots: reading.spots };
  }
  return validate(reading, {
    slug: field('slug', (value, path) => textOf(reading, value, path)) ?? fileName,
    title: field('title', (value, path) => localizedText(reading, { tree: value, path })),
    languages,
    autoContinue: field('autoContinue', (value, path) => valueOf(reading, value, path)),
    ending: field('ending', (value, path) => textOf(reading, value, path)),
    passMark: field('passMark', (value, path) => valueOf(reading, value, path)),
    tellRegraded: field('tellRegraded', (value, path) => valueOf(reading, value, path)),
    prompts: field('prompts', (value, path) => {
      mark(reading, path, value.at);
      return listOf(reading, { tree: value, path }, (item, below) => readPrompt(reading, item, below));
    }),
  });
};
