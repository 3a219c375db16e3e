import type { FunnelPrompt, FunnelVersion } from '../answers';
import type { Table } from '../charts/table';
import { count, counted, listed, readable, shareOf } from '../words';
import { isLastWord } from './drill-model';

/** Those who were put it and neither answered it nor were done with it. */
export const dropped = ({ reached, answered, ended }: FunnelPrompt): number => reached - answered - ended;

/** What the funnel shows, for who does not see it. */
export const funnelSentence = ({ prompts, runs }: FunnelVersion): string => {
  const asking = prompts.filter((prompt) => !isLastWord(prompt));
  const [first, last] = [asking[0], asking.at(-1)];
  if (first === undefined || last === undefined) return 'Nobody was put a question yet.';
  const begin = `${counted(runs, 'run')}: ${count(first.reached)} came to the first question, ${count(last.answered)} answered the last.`;
  const worst = [...prompts].sort((one, other) => dropped(other) - dropped(one))[0] ?? first;
  return dropped(worst) === 0
    ? `${begin} Nobody left a question without an answer.`
    : `${begin} Most stop at “${readable(worst.prompt)}”: ${count(dropped(worst))} of ${count(worst.reached)} did not answer.`;
};

type Way = { readonly to: string; readonly runs: number };

/** Where people went from a prompt, the most first. */
const waysFrom = (from: string | null, { prompts }: FunnelVersion): readonly Way[] =>
  prompts
    .flatMap(({ prompt: to, after }) =>
      after.flatMap(({ prompt, runs }) => (prompt === from ? [{ to, runs }] : [])),
    )
    .sort((one, other) => other.runs - one.runs);

const quoted = (prompt: string): string => `“${readable(prompt)}”`;
const came = (runs: number, prompt: string): string => `${count(runs)} to ${quoted(prompt)}`;

const forkWords = (prompt: string, ways: readonly Way[]): string =>
  `After ${quoted(prompt)} the way forks: ${listed(ways.map(({ to, runs }) => came(runs, to)))}.`;

const before = (prompt: string | null): string => (prompt === null ? 'the beginning' : quoted(prompt));

const joinWords = ({ prompt, after }: FunnelPrompt): string =>
  `To ${quoted(prompt)} people came from ${listed(after.map(({ prompt: from, runs }) => `${before(from)} (${count(runs)})`))}.`;

/** Where the way forks and where it joins again, in the order of the drill; none where all go the same way. */
export const branchWords = (version: FunnelVersion): readonly string[] =>
  version.prompts.flatMap((prompt) => {
    const ways = waysFrom(prompt.prompt, version);
    return [
      ...(prompt.after.length > 1 ? [joinWords(prompt)] : []),
      ...(ways.length > 1 ? [forkWords(prompt.prompt, ways)] : []),
    ];
  });

/** Whether only some of those who answered what was put before came to it, and nobody by another way. */
export const isBranch = ({ after }: FunnelPrompt, version: FunnelVersion): boolean => {
  const [from, ...others] = after;
  return from !== undefined && others.length === 0 && waysFrom(from.prompt, version).length > 1;
};

const afterWords = ({ after }: FunnelPrompt): string =>
  after
    .map(({ prompt, runs }) => `${prompt === null ? 'first' : readable(prompt)} (${count(runs)})`)
    .join('; ');

/** The same numbers as the funnel. */
export const funnelTable = (drill: string, { prompts }: FunnelVersion): Table => ({
  name: `${drill}-funnel`,
  columns: ['Question', 'Put after', 'Reached', 'Answered', 'Stopped here', 'Share stopped'],
  rows: prompts.map((prompt) => [
    readable(prompt.prompt),
    afterWords(prompt),
    prompt.reached,
    isLastWord(prompt) ? null : prompt.answered,
    dropped(prompt),
    prompt.reached === 0 ? '–' : shareOf(dropped(prompt), prompt.reached),
  ]),
});
