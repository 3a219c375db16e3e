import type { Event } from '@stopcovid/contracts';
import type { Facts, Needs } from './facts';
import { secondsBetween } from './instants';
import { askedPrompt, passMarkOf } from './prompts';
import { aloneIn, contentStopped, repeatNow } from './repeats';
import { languageIn, type DialogState, type Stopped } from './state';

/** So long after an opt-out its drill goes on, unless a deployment says otherwise. */
const usualHours = 24;

/** What must be fetched to go on where an opt-out cut a drill off. What cannot be found starts anew. */
export const needsOfStopped = ({ stopped }: DialogState): Needs => {
  if (stopped === undefined) return {};
  const { revision, repeats = [] } = stopped.run;
  return { repeats: [{ revision }, ...repeats.map((one) => ({ revision: one.revision }))] };
};

const isFresh = ({ at }: Stopped, facts: Facts): boolean =>
  secondsBetween(at, facts.at) < (facts.goesOnHours ?? usualHours) * 3_600;

/**
 * The run that goes on where an opt-out cut one off, with its score so far and its revision, whatever was edited since.
 * It is a run of its own: the one before was abandoned, and stays so. Undefined where nothing was cut off, or too long ago.
 */
export const goOn = (state: DialogState, facts: Facts): Event<'DrillStarted'> | undefined => {
  const { stopped } = state;
  if (stopped === undefined || !isFresh(stopped, facts)) return undefined;
  const { run, prompt } = stopped;
  const content = contentStopped(run, facts);
  if (content === undefined) return undefined;
  const { runId, drill, revision, right, graded, repeats, last } = run;
  return {
    type: 'DrillStarted',
    runId: facts.runId,
    drill,
    revision,
    reason: 'optedIn',
    goesOn: { runId, right, graded },
    prompt: askedPrompt(content, prompt, languageIn(state)),
    ...(repeats && { repeats: [...repeats] }),
    ...repeatNow(run),
    ...aloneIn(run),
    ...(last && { last }),
    ...(run.repeatsOnly ? {} : passMarkOf(content)),
  };
};
