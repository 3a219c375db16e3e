import { setCarrier, well } from './carrier';
import { afterCrashMs, wait, workedAgain, type Recipe } from './scene';

const carrierFaults: Recipe = {
  name: 'carrier-faults',
  say: 'the carrier accepts and hangs up, accepts and answers 500, refuses in bursts, and tells twice',
  short: true,
  run: async (scene) => {
    await setCarrier(scene, { dropAfterAccepting: 0.2, failAfterAccepting: 0.2, duplicateCallbacks: 0.3 });
    await wait(3_000);
    await setCarrier(scene, { throttle: 0.8 });
    await wait(1_500);
    await setCarrier(scene, { answerDelayMs: 300, dropAfterAccepting: 0.1 });
    await wait(1_500);
    await setCarrier(scene, well);
    return workedAgain(scene, afterCrashMs(scene));
  },
};

const carrierLate: Recipe = {
  name: 'carrier-late',
  say: 'the carrier answers after the time limit of the call, having accepted',
  short: false,
  run: async (scene) => {
    await setCarrier(scene, { answerDelayMs: 5_000 });
    await wait(8_000);
    await setCarrier(scene, well);
    return workedAgain(scene, afterCrashMs(scene));
  },
};

const carrierGarbage: Recipe = {
  name: 'carrier-garbage',
  say: 'the carrier accepts and answers HTML, broken JSON or an error under 200; its list lags or is garbage too',
  short: true,
  run: async (scene) => {
    for (const garbage of ['html', 'truncated', 'errorIn200'] as const) {
      await setCarrier(scene, { garbage, listLagMs: 300 });
      await wait(1_500);
    }
    await setCarrier(scene, { dropAfterAccepting: 0.3, listGarbage: 'html', missingCallbacks: 1 });
    await wait(2_000);
    await setCarrier(scene, { failAfterAccepting: 0.3, reorderCallbacks: 0.5, callbackDelayMs: 1_500 });
    await wait(2_000);
    await setCarrier(scene, {});
    return workedAgain(scene, afterCrashMs(scene));
  },
};

/** Faults of the carrier. */
export const carrierRecipes: readonly Recipe[] = [carrierFaults, carrierGarbage, carrierLate];
