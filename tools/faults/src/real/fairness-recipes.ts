import type { Phone } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { healCarrierFor, setCarrierFor } from './carrier';
import { withDatabase } from './database';
import { drawPhones, letText } from './made-texts';
import { patiently } from './patience';
import { afterCrashMs, wait, workedAgain, type Recipe, type Scene } from './scene';
import { keepsUp, promptMs, slowDuring } from './slow-during';
import { codeLimitMs } from './system';

/** As the engine's README has it: a slice waits so many times the limit of one question for all its answers. */
const sliceWaits = 3;
const inDoubt = 40;

/** Waits until a text of each of these phones is in doubt. */
const allInDoubt = ({ system }: Scene, phones: readonly Phone[]): Promise<boolean> =>
  withDatabase(system, (connection) => {
    const outboxes = connection.collection<{ readonly _id: string }>('outboxes');
    const doubtful = { _id: { $in: [...phones] }, 'pending.delivery.status': 'AMBIGUOUS' };
    return until(async () => (await outboxes.countDocuments(doubtful)) === phones.length, {
      what: 'forty texts are in doubt',
      limitMs: patiently(15_000),
    });
  });

const hangingList = async (scene: Scene): Promise<void> => {
  const phones = drawPhones(scene, inDoubt);
  await keepsUp(scene);
  await setCarrierFor(scene, phones, { dropAfterAccepting: 1, missingCallbacks: 1, listDelayMs: 60_000 });
  await letText(scene, phones, () => 'HELP');
  await letText(scene, phones, () => 'HELP');
  await allInDoubt(scene, phones);
  const slow = { what: 'forty phones in doubt and a list that hangs', boundMs: promptMs, needing: phones };
  await slowDuring(scene, slow, () => wait(scene.short ? 4_000 : 30_000));
  await healCarrierFor(scene, phones);
};

const codesAtOnce = 25;
/** Just under the limit. */
const slowAnswerMs = codeLimitMs * 0.8;

/** Classes register one after the other, each of many codes. */
const slowCodes = async (scene: Scene): Promise<void> => {
  const phones = drawPhones(scene, scene.short ? 50 : 500);
  const { codes } = scene.system;
  const before = codes.asked();
  const slow = {
    what: `a code service that answers after ${slowAnswerMs} ms`,
    boundMs: promptMs + sliceWaits * codeLimitMs,
    needing: phones,
  };
  await keepsUp(scene);
  codes.answerAfter(slowAnswerMs);
  await slowDuring(scene, slow, async () => {
    for (let first = 0; first < phones.length; first += codesAtOnce) {
      const group = phones.slice(first, first + codesAtOnce);
      await letText(scene, group, (phone) => `CODE${phone.slice(-7)}`);
      await wait(1_000);
    }
  });
  codes.answerAfter(0);
  if (codes.asked() - before < 16) scene.broken.push('nobody asked the slow code service');
};

const fairness: Recipe = {
  name: 'fairness',
  say: 'forty phones are in doubt while their list hangs, then many codes are asked about slowly: others go on',
  short: true,
  run: async (scene) => {
    await hangingList(scene);
    await slowCodes(scene);
    return workedAgain(scene, afterCrashMs(scene));
  },
};

/** What is slow for some must not be felt by others. */
export const fairnessRecipes: readonly Recipe[] = [fairness];
