import type { Phone } from '@stopcovid/contracts';
import type { Slowness } from '../invariants';
import { chanceOf } from './chance';
import { bystanders, crowd, textIdOf, textOf, write } from './workload';
import type { World } from './world';

/** Far more than an answer takes when nothing fails, and half of what is waited for when something is slow. */
const boundMs = 10_000;
const mostSteps = 3_000;

const oneRunIn = 8;

/** Whether a run ends with a trial, and which. The chance is one of its own: no other decision depends on it. */
export const trialOf = (seed: number): 'list' | 'codes' | undefined => {
  const chance = chanceOf(seed ^ 0x2545f491);
  return chance.below(oneRunIn) === 0 ? chance.pick(['list', 'codes'] as const) : undefined;
};

const stepUntil = async ({ scheduler }: World, isSo: () => Promise<boolean>): Promise<void> => {
  for (let step = 0; step < mostSteps && !(await isSo()); step += 1) await scheduler.step();
};

const isInDoubt = async ({ outboxes }: World): Promise<boolean> => {
  const found = [...(await outboxes.load(crowd)).outboxes.values()];
  return (
    found.length === crowd.length && found.every(({ pending }) => pending[0]?.delivery.status === 'AMBIGUOUS')
  );
};

const allText = ({ log }: World, phones: readonly Phone[], text: string): void =>
  phones.forEach((phone, number) => write(log, textOf(phone, text, number)));

const slowDown = async (world: World, trial: 'list' | 'codes'): Promise<string> => {
  if (trial === 'codes') {
    world.slow.codes = true;
    allText(world, crowd, 'CODE77');
    return 'a code service that hangs';
  }
  world.slow.doubtful = new Set(crowd);
  allText(world, crowd, 'HELP');
  await stepUntil(world, () => isInDoubt(world));
  return 'phones in doubt whose list hangs';
};

/** Nothing fails, but something is slow for a crowd; others text. Answers what that was to them. */
export const tryFairness = async (world: World, trial: 'list' | 'codes'): Promise<Slowness> => {
  const { scheduler, carrier, slow } = world;
  scheduler.note('something becomes slow');
  const what = await slowDown(world, trial);
  const at = scheduler.now;
  allText(world, bystanders, 'MENU');
  scheduler.note('others text');
  const isAnswered = (phone: Phone): boolean => carrier.accepted.some(({ to }) => to === phone);
  await stepUntil(world, () =>
    Promise.resolve(bystanders.every(isAnswered) || scheduler.now > at + 2 * boundMs),
  );
  slow.end();
  scheduler.note('nothing is slow any more');
  return { what, boundMs, beside: bystanders.map((_, n) => ({ commandId: textIdOf('MENU', n), at })) };
};
