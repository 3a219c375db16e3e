import { decodeBatch, topics } from '@stopcovid/contracts';
import { readTopic, topicOffsetsSince, type KafkaConnection } from '@stopcovid/kafka';
import type { Command } from 'commander';
import { exitCodes, type ExitCode } from './exit';
import { drillsOption, loadCatalogue } from './load-catalogue';
import { progressLine } from './progress-line';
import { onKafka, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { countTyped, timestampTyped } from './typed';
import { WhatIf, worst, type ChangedReply, type PromptTally } from './what-if';

type Flags = ServerFlags & {
  readonly drills: string;
  readonly from?: string;
  readonly examples: number;
  readonly full?: boolean;
  readonly json?: boolean;
};

const readReplies = async (
  kafka: KafkaConnection,
  { whatIf, from }: { readonly whatIf: WhatIf; readonly from: string | undefined },
  terminal: Terminal,
): Promise<void> => {
  const topic = topics.dialogEvents;
  const offsets = from === undefined ? undefined : await topicOffsetsSince(kafka, topic, Date.parse(from));
  const request = {
    topic,
    from: (partition: number) => offsets?.get(partition),
    onProgress: progressLine('records read', terminal),
  };
  await readTopic(kafka, request, (records) => {
    for (const { value } of records) {
      const read = value === null ? undefined : decodeBatch(value);
      if (read?.ok === true) whatIf.take(read.value);
    }
  });
};

const changesIn = ({ changes }: PromptTally): string =>
  [...changes].map(([change, count]) => `${change}: ${count}`).join(', ') || 'none';

const exampleLine = ({ change, text, language, rules }: ChangedReply): string =>
  `  ${change}  ${JSON.stringify(text)} (${language}; ${rules.join(' → ')})`;

const asJson = ({ name, replies, changes, examples }: PromptTally, full: boolean): string =>
  JSON.stringify({
    prompt: name,
    replies,
    changes: Object.fromEntries(changes),
    ...(full ? { examples } : {}),
  });

/** Prints what would change, prompt by prompt. `problems` when a right reply would be wrong. */
export const reportWhatIf = (
  whatIf: Pick<WhatIf, 'tallies' | 'gone'>,
  { full = false, json = false }: Pick<Flags, 'full' | 'json'>,
  terminal: Terminal,
): ExitCode => {
  const { tallies, gone } = whatIf;
  if (json) for (const tally of tallies) terminal.out(asJson(tally, full));
  else {
    const rows = tallies.map((tally) => [tally.name, String(tally.replies), changesIn(tally)]);
    const [heading = '', ...lines] = tableOf(['prompt', 'replies', 'changes'], rows);
    terminal.out(heading);
    lines.forEach((line, index) => {
      terminal.out(line);
      if (full) for (const example of tallies[index]?.examples ?? []) terminal.out(exampleLine(example));
    });
  }
  const flipped = tallies.reduce((sum, { changes }) => sum + (changes.get(worst) ?? 0), 0);
  const replies = tallies.reduce((sum, tally) => sum + tally.replies, 0);
  terminal.err(`${replies} replies judged again, ${flipped} would turn from right to wrong`);
  if (gone > 0) terminal.err(`${gone} replies were to prompts that these drills do not have`);
  return flipped === 0 ? exitCodes.ok : exitCodes.problems;
};

const help = `
Reads the replies on record and judges each again, by these drills and by the grader of this release:

  dialog what-if --drills drills --from 2026-03-01T00:00:00Z
  dialog what-if --drills new --full

What people wrote is shown with --full alone, and never of a question that stores a name or other words.
Exit code 1 when a reply that was right would be wrong. Nothing is written.`;

/** `dialog what-if`: which verdicts other drills, or this grader, would change. */
export const addWhatIf = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('what-if')
    .option(...drillsOption)
    .option('--from <time>', 'replies from this time on (default: all on record)', timestampTyped)
    .option('--examples <number>', 'replies to show of each change of a prompt', countTyped, 3)
    .option('--full', 'with what people wrote: personal data')
    .option('--json', 'as one JSON object a prompt')
    .addHelpText('after', help);
  withServerOptions(command).action(async (flags: Flags) => {
    const { terminal, ending } = surroundings;
    const whatIf = new WhatIf(await loadCatalogue(flags.drills), flags.examples);
    await onKafka(flags, surroundings, ({ kafka }) =>
      readReplies(kafka, { whatIf, from: flags.from }, terminal),
    );
    ending.code = reportWhatIf(whatIf, flags, terminal);
  });
};
