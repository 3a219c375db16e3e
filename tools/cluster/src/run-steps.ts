import type { Say } from '@stopcovid/real-parts';
import type { Step } from './step';

const secondsSince = (start: number): number => (performance.now() - start) / 1_000;

/** Tries one step and says how it went; whether it went well and in time. */
const tryStep = async ({ name, aimSeconds, run }: Step, say: Say): Promise<boolean> => {
  const start = performance.now();
  try {
    const result = await run();
    const seconds = secondsSince(start);
    const late = aimSeconds !== undefined && seconds > aimSeconds;
    const time = `${seconds.toFixed(1)} s${aimSeconds === undefined ? '' : ` of ${aimSeconds}`}`;
    say(`${late ? 'TOO SLOW' : 'passed'}: ${name} (${time}): ${result}`);
    return !late;
  } catch (error) {
    say(
      `FAILED: ${name} (${secondsSince(start).toFixed(1)} s): ${error instanceof Error ? error.message : String(error)}`,
    );
    return false;
  }
};

/** Tries all steps, also after one that failed; how many did. */
export const runSteps = async (steps: readonly Step[], say: Say): Promise<number> => {
  let failed = 0;
  for (const step of steps) if (!(await tryStep(step, say))) failed += 1;
  return failed;
};
