import type { Obstacle, OverdueRun } from '../answers';
import type { Answer, Failure } from '../ask';
import type { Deed } from '../routes';
import { count, longMoment, readable } from '../words';

/** What can be done for who is overdue. */
export type Doing = Deed['do'];

/** What was asked for a run: under which key, and what came of it. */
export type Asked = {
  readonly doing: Doing;
  readonly once: string;
  readonly phone: string;
  /** In words where it will not be done. */
  readonly refused?: string;
  /** Whether nobody knows if it was taken: then the same key must be sent again. */
  readonly isUnsure: boolean;
};

/** The order for a run. What starts again ends what is open. */
export const deedFor = (doing: Doing, { phone, drill }: OverdueRun): Deed =>
  doing === 'remind' ? { do: 'remind', phone } : { do: 'start', phone, drill, replace: true };

/** The key for another try: the one before it where that may have been taken already. */
export const onceFor = (doing: Doing, before: Asked | undefined, fresh: string): string =>
  before?.isUnsure === true && before.doing === doing ? before.once : fresh;

const outside = ({ opensAt }: Obstacle): string =>
  opensAt === undefined
    ? 'their schedule has no hours for texts'
    : `it is outside their hours; try again from ${longMoment(opensAt)}`;

const obstacleWords: Readonly<Record<string, string>> = {
  unregistered: 'they are not registered',
  optedOut: 'they opted out, and only a text of their own can take that back',
  paused: 'their schedule is paused',
  nothingOpen: 'no question is open any more',
  unknownDrill: 'this drill is not given any more',
  noZone: 'nobody knows their time zone',
};

const wordsOf = (obstacle: Obstacle): string =>
  obstacle.code === 'outsideWindow' ? outside(obstacle) : (obstacleWords[obstacle.code] ?? obstacle.message);

/** Why it will not be done, in words. */
export const refusalWords = ({ status, detail, obstacles }: Failure): string => {
  if (status === 403) return 'this key may only look';
  return obstacles === undefined ? detail : obstacles.map(wordsOf).join('; ');
};

/** What came of an order. The server could not be reached or could not pass it on: nobody knows. */
export const outcomeOf = (asked: Pick<Asked, 'doing' | 'once' | 'phone'>, answer: Answer<unknown>): Asked =>
  answer.is === 'failed'
    ? {
        ...asked,
        refused: refusalWords(answer.failure),
        isUnsure: answer.failure.status === 0 || answer.failure.status >= 500,
      }
    : { ...asked, isUnsure: false };

const done: Readonly<Record<Doing, string>> = {
  remind: 'A reminder is on its way',
  start: 'The drill starts again',
};
const notDone: Readonly<Record<Doing, string>> = { remind: 'Not reminded', start: 'Not started again' };

/** A sentence without the full stops that it ends in. */
const withoutStops = (sentence: string): string => {
  let end = sentence.length;
  while (end > 0 && '.…'.includes(sentence.charAt(end - 1))) end -= 1;
  return sentence.slice(0, end);
};

/** What came of it, at a run. */
export const askedWords = ({ doing, refused }: Asked): string =>
  refused === undefined ? `${done[doing]}.` : `${notDone[doing]}: ${withoutStops(refused)}.`;

/** Those for whom nothing is on its way: nobody is texted twice. */
export const stillToDo = (
  runs: readonly OverdueRun[],
  asked: ReadonlyMap<string, Asked>,
): readonly OverdueRun[] =>
  runs.filter(({ runId }) => {
    const before = asked.get(runId);
    return before === undefined || before.refused !== undefined;
  });

/** What came of all that was asked for at once. */
export const allAskedWords = (all: readonly Asked[]): string => {
  const [only, ...others] = all;
  if (only === undefined) return '';
  if (others.length === 0) return `${only.phone}: ${askedWords(only)}`;
  const refused = all.filter((asked) => asked.refused !== undefined).length;
  const begin = `${done[only.doing]} for ${count(all.length - refused)} of ${count(all.length)}.`;
  return refused === 0 ? begin : `${begin} The lines of the others say why not.`;
};

/** What it asks before anything is sent. */
export const questionBefore = (doing: Doing, runs: readonly OverdueRun[]): string => {
  const [run] = runs;
  if (run === undefined) return '';
  if (runs.length > 1)
    return `Text the open question again to each of ${count(runs.length)} phones on this page?`;
  return doing === 'remind'
    ? `Text the question “${readable(run.open.prompt)}” to ${run.phone} again?`
    : `Start “${readable(run.drill)}” from its beginning for ${run.phone}? What was answered so far no longer counts.`;
};
