import {
  drillContentSchema,
  languageSchema,
  type DrillContent,
  type Language,
  type Prompt,
} from '@stopcovid/contracts';
import { gradeAgainstKey, gradeReply, type Verdict } from '@stopcovid/dialog-core';
import { withOtherWords, type Catalogue } from '@stopcovid/drills';
import type { Command } from 'commander';
import { z } from 'zod';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { drillsOption, loadCatalogue } from './load-catalogue';
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

const drillNamed = (catalogue: Catalogue, drill: string): DrillContent | undefined =>
  [...catalogue.revisions.values()].map(({ content }) => content).find(({ slug }) => slug === drill);

const named = (
  catalogue: Catalogue,
  name: string,
): { readonly prompt: Prompt; readonly content: DrillContent } => {
  const [, drill = '', slug] = namePattern.exec(name) ?? [];
  if (slug === undefined) throw new Error(`prompt '${name}' is not of the form drill/prompt`);
  const content = drillNamed(catalogue, drill);
  const prompt = content?.prompts.find((candidate) => candidate.slug === slug);
  if (!content || !prompt) throw new Error(`no prompt '${name}' in the catalogue`);
  return { prompt, content };
};

const languageFor = ({ languages }: DrillContent, wanted: Language | undefined): Language =>
  languages.find((language) => language === wanted) ?? languages[0] ?? english;

/** A prompt that came with its reply has not been through the reader of drills, which adds the words of its languages. */
const prepared = (prompt: Prompt): Prompt => {
  const languages = [prompt.options?.[0]?.text, prompt.answers].flatMap((texts) => Object.keys(texts ?? {}));
  const [ready = prompt] = withOtherWords(
    [prompt],
    [...new Set(languages)].map((one) => languageSchema.parse(one)),
  );
  return ready;
};

/** Drills are read when a prompt is first named, so that prompts and keys can be graded where there are none. */
type Drills = () => Promise<Catalogue>;

const verdictOf = async ({ prompt, reply, language }: Request, drills: Drills): Promise<Verdict> => {
  if (typeof prompt === 'string') {
    const found = named(await drills(), prompt);
    return gradeReply(found.prompt, languageFor(found.content, language), reply);
  }
  return isBareKey(prompt)
    ? gradeAgainstKey(reply, prompt.key)
    : gradeReply(prepared(prompt), language ?? english, reply);
};

/**
 * Grades replies, one JSON object a line. Each line has one answer, with its number: the verdict and the rule that
 * gave it, or the error. Blank lines have none.
 */
export const grade = async (drills: Drills, terminal: Terminal): Promise<ExitCode> => {
  let refused = 0;
  for await (const { number, text } of linesOf(terminal.input)) {
    try {
      const request = requestSchema.parse(JSON.parse(text));
      terminal.out(JSON.stringify({ line: number, ...(await verdictOf(request, drills)) }));
    } catch (error) {
      if (error instanceof UsageError) throw error;
      refused += 1;
      terminal.out(JSON.stringify({ line: number, error: reasonOf(error) }));
    }
  }
  if (refused > 0) terminal.err(`${refused} ${refused === 1 ? 'line' : 'lines'} could not be graded`);
  return refused === 0 ? exitCodes.ok : exitCodes.problems;
};

const reasonOf = (error: unknown): string => {
  if (error instanceof z.ZodError) return z.prettifyError(error).replaceAll('\n', ' ');
  return error instanceof Error ? error.message : String(error);
};

const help = `
Each line in is answered by a line out with its number, an error as well:

  {"prompt": "01-clean-hands/how-long", "reply": "b", "language": "es"}
  {"prompt": {"key": "b) 20 seconds"}, "reply": "twenty seconds"}

A prompt may also stand there whole, as in a compiled drill. Exit code 1 when a line could not be graded.`;

/** `dialog grade`: verdicts of replies. */
export const addGrade = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('grade')
    .option(...drillsOption)
    .addHelpText('after', help)
    .action(async (flags: { drills: string }) => {
      let read: Promise<Catalogue> | undefined;
      ending.code = await grade(() => (read ??= loadCatalogue(flags.drills)), terminal);
    });
};
