import { funnel, type DropOff, type FunnelStep } from '@stopcovid/statistics';
import type { DrillRun } from '../progress/drill-run';
import { isAnswer, lastWordOf, ownPrompts } from './run-facts';

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

/** The way through one revision of a drill, in one language: two revisions are never pooled. */
export type DrillFunnel = {
  readonly revision: string;
  readonly language: string;
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
type Way = Pick<DrillFunnel, 'revision' | 'language'> & { runs: number; readonly steps: Map<string, Step> };

const nobody = (): Step => ({ reached: 0, answered: 0, ended: 0, places: 0, after: new Map() });

const addRun = (way: Way, run: DrillRun): void => {
  way.runs += 1;
  const put = ownPrompts(run);
  const lastWord = lastWordOf(run);
  const replies = (run.replies ?? []).filter((reply) => reply.repeatOf === undefined && isAnswer(reply));
  const answered = new Set<string>(replies.map(({ prompt }) => prompt));
  for (const prompt of new Set(put)) {
    const place = put.indexOf(prompt);
    const before = put[place - 1] ?? null;
    const step = way.steps.get(prompt) ?? nobody();
    step.reached += 1;
    step.answered += answered.has(prompt) ? 1 : 0;
    step.ended += Number(prompt === lastWord);
    step.places += place;
    step.after.set(before, (step.after.get(before) ?? 0) + 1);
    way.steps.set(prompt, step);
  }
};

const cameFrom = (after: Step['after']): readonly CameFrom[] =>
  [...after].map(([prompt, runs]) => ({ prompt, runs })).sort((one, other) => other.runs - one.runs);

/* In the order in which they are put, as far as branches have one: by the mean place at which runs came to them. */
const funnelOf = ({ steps, ...way }: Way): DrillFunnel => ({
  ...way,
  prompts: funnel(
    [...steps]
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
export const drillFunnel = async (runs: AsyncIterable<DrillRun>): Promise<readonly DrillFunnel[]> => {
  const ways = new Map<string, Way>();
  for await (const run of runs) {
    if (run.replies === undefined) continue;
    const { revision, groups: { language } = { language: '' } } = run;
    const key = JSON.stringify([revision, language]);
    const way = ways.get(key) ?? { revision, language, runs: 0, steps: new Map() };
    addRun(way, run);
    ways.set(key, way);
  }
  return [...ways.values()].map(funnelOf);
};
