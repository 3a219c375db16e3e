import { funnel, type DropOff, type FunnelStep } from '@stopcovid/statistics';
import type { DrillRun } from '../progress/drill-run';
import { foldByContent, type Content, type Way } from './by-content';
import { answeredPrompts, lastWordOf, ownPrompts } from './run-facts';

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

type Step = {
  reached: number;
  answered: number;
  ended: number;
  places: number;
  readonly after: Map<string | null, number>;
};

const nobody = (): Step => ({ reached: 0, answered: 0, ended: 0, places: 0, after: new Map() });

const addRun = (steps: Map<string, Step>, run: DrillRun): void => {
  const put = ownPrompts(run);
  const lastWord = lastWordOf(run);
  const answered = answeredPrompts(run);
  for (const prompt of new Set(put)) {
    const place = put.indexOf(prompt);
    const before = put[place - 1] ?? null;
    const step = steps.get(prompt) ?? nobody();
    step.reached += 1;
    step.answered += answered.has(prompt) ? 1 : 0;
    step.ended += Number(prompt === lastWord);
    step.places += place;
    step.after.set(before, (step.after.get(before) ?? 0) + 1);
    steps.set(prompt, step);
  }
};

const cameFrom = (after: Step['after']): readonly CameFrom[] =>
  [...after].map(([prompt, runs]) => ({ prompt, runs })).sort((one, other) => other.runs - one.runs);

/* In the order in which they are put, as far as branches have one: by the mean place at which runs came to them. */
const funnelOf = ({ prompts, ...way }: Way<Step>): DrillFunnel => ({
  ...way,
  prompts: funnel(
    [...prompts]
      .sort(([, one], [, other]) => one.places / one.reached - other.places / other.reached)
      .map(([prompt, { reached, answered, ended, after }]) => ({
        prompt,
        reached,
        answered,
        ended,
        after: cameFrom(after),
      })),
  ),
});

/**
 * Where the runs of a drill end, by what was really put before. Holds counts alone, whatever the number of runs. Those
 * from before replies were kept are left out.
 */
export const drillFunnel = async (runs: AsyncIterable<DrillRun>): Promise<readonly DrillFunnel[]> =>
  (await foldByContent(runs, addRun)).map(funnelOf);
