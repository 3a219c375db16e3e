import { funnel, type DropOff, type FunnelStep } from '@stopcovid/statistics';
import { promptsInOrder, type Content, type ContentTable, type Prompted } from './question-table';

/** How many runs came to a prompt from this one; `null` where it was the first. */
export type CameFrom = { readonly prompt: string | null; readonly runs: number };

/** One prompt, and where runs came to it from at the first time: those add up to `reached`. */
export type FunnelPrompt = FunnelStep &
  DropOff & {
    readonly prompt: string;
    readonly after: readonly CameFrom[];
    /** Runs that were completed by being put it: it is the last word, and asks for nothing. */
    readonly ended: number;
  };

/** The way through one content of a drill. */
export type DrillFunnel = Content & {
  readonly runs: number;
  readonly prompts: readonly FunnelPrompt[];
};

const cameFrom = (after: ReadonlyMap<string, number>): readonly CameFrom[] =>
  [...after]
    .sort(([name, runs], [other, otherRuns]) => otherRuns - runs || (name < other ? -1 : 1))
    .map(([name, runs]) => ({ prompt: JSON.parse(name) as string | null, runs }));

const stepOf = ([prompt, { reached, answered, ended, after }]: Prompted): Omit<
  FunnelPrompt,
  keyof DropOff
> => ({ prompt, reached, answered, ended, after: cameFrom(after) });

/** Where the runs of a drill end, by what was really put before: by its contents. */
export const drillFunnel = (contents: readonly ContentTable[]): readonly DrillFunnel[] =>
  contents.map((content) => ({
    revision: content.revision,
    language: content.language,
    runs: content.runs,
    prompts: funnel(promptsInOrder(content).map(stepOf)),
  }));
