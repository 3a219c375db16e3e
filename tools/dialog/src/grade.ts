import {
  drillContentSchema,
  languageSchema,
  type DrillContent,
  type Language,
  type Prompt,
} from '@stopcovid/contracts';
import { gradeAgainstKey, gradeReply, type Verdict } from '@stopcovid/dialog-core';
import type { Catalogue } from '@stopcovid/drills';
import type { Command } from 'commander';
import { z } from 'zod';
import { exitCodes, type ExitCode } from './exit';
import { loadCatalogue } from './load-catalogue';
import type { Surroundings } from './surroundings';
import { linesOf, type Terminal } from './terminal';

const requestSchema = z.strictObject({
  /** `drill/prompt` of the catalogue, a prompt as it stands in a compiled drill, or a bare key such as `b) 20 seconds`. */
  prompt: z.union([
    z.string().min(1),
    z.strictObject({ key: z.string().min(1) }),
    drillContentSchema.unwrap().shape.prompts.element,
  ]),
  reply: z.string(),
  language: languageSchema.optional(),
});
type Request = z.infer<typeof requestSchema>;

const english = languageSchema.parse('en');
const namePattern = /^([a-z0-9-]+)\/([a-z0-9-]+)$/;

const isBareKey = (prompt: object): prompt is { readonly key: string } => !('slug' in prompt);

const drillNamed = (catalogue: Catalogue | undefined, drill: string): DrillContent | undefined =>
  [...(catalogue?.revisions.values() ?? [])].map(({ content }) => content).find(({ slug }) => slug === drill);

const named = (
  catalogue: Catalogue | undefined,
  name: string,
): { readonly prompt: Prompt; readonly content: DrillContent } => {
  const [, drill = '', slug] = namePattern.exec(name) ?? [];
  if (slug === undefined) throw new Error(`prompt '${name}' is not of the form drill/prompt`);
  const content = drillNamed(catalogue, drill);
  const prompt = content?.prompts.find((candidate) => candidate.slug === slug);
  if (!content || !prompt) throw new Error(`no prompt '${name}' in the catalogue`);
  return { prompt, content };
};

const verdictOf = ({ prompt, reply, language }: Request, catalogue: Catalogue | undefined): Verdict => {
  if (typeof prompt === 'string') {
    const found = named(catalogue, prompt);
    return gradeReply(found.prompt, languageFor(found.content, language), reply);
  }
  return isBareKey(prompt)
    ? gradeAgainstKey(reply, prompt.key)
    : gradeReply(prompt, language ?? english, reply);
};

const languageFor = ({ languages }: DrillContent, wanted: Language | undefined): Language =>
  languages.find((language) => language === wanted) ?? languages[0] ?? english;

/** Grades replies, one JSON object a line; each answer has the verdict and the rule that gave it. */
export const grade = async (catalogue: Catalogue | undefined, terminal: Terminal): Promise<ExitCode> => {
  let refused = 0;
  for await (const { number, text } of linesOf(terminal.input)) {
    try {
      const request = requestSchema.parse(JSON.parse(text));
      terminal.out(JSON.stringify(verdictOf(request, catalogue)));
    } catch (error) {
      refused += 1;
      terminal.err(`line ${number}: ${reasonOf(error)}`);
    }
  }
  return refused === 0 ? exitCodes.ok : exitCodes.problems;
};

const reasonOf = (error: unknown): string => {
  if (error instanceof z.ZodError) return z.prettifyError(error).replaceAll('\n', ' ');
  return error instanceof Error ? error.message : String(error);
};

/** `dialog grade`: verdicts of replies. */
export const addGrade = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('grade')
    .description(
      'grade replies from standard input: {"prompt": "drill/prompt" or a prompt or {"key": …}, "reply": …, "language"?: …}',
    )
    .option('--drills <dir>', 'folder of the drills that prompts are named from')
    .action(async (flags: { drills?: string }) => {
      const catalogue = flags.drills === undefined ? undefined : await loadCatalogue(flags.drills);
      ending.code = await grade(catalogue, terminal);
    });
};
