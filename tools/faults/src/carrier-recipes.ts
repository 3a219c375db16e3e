import { afterCrashMs, wait, workedAgain, type Recipe, type Scene } from './scene';

type Garbage = 'none' | 'html' | 'truncated' | 'errorIn200';

/** What goes wrong at the emulator: times in milliseconds, chances from 0 to 1. */
type Settings = {
  readonly answerDelayMs: number;
  readonly failAfterAccepting: number;
  readonly dropAfterAccepting: number;
  readonly throttle: number;
  readonly retryAfterSeconds: number;
  readonly duplicateCallbacks: number;
  readonly missingCallbacks: number;
  readonly reorderCallbacks: number;
  readonly callbackDelayMs: number;
  readonly garbage: Garbage;
  readonly listGarbage: Garbage;
  readonly listLagMs: number;
};

const well: Settings = {
  answerDelayMs: 0,
  failAfterAccepting: 0,
  dropAfterAccepting: 0,
  throttle: 0,
  retryAfterSeconds: 0,
  duplicateCallbacks: 0,
  missingCallbacks: 0,
  reorderCallbacks: 0,
  callbackDelayMs: 0,
  garbage: 'none',
  listGarbage: 'none',
  listLagMs: 0,
};

const set = async ({ system }: Scene, settings: Partial<Settings>): Promise<void> => {
  const response = await fetch(`${system.emulator.url}/emulator/api/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...well, ...settings }),
  });
  if (!response.ok) throw new Error(`the carrier's faults cannot be set: ${response.status}`);
};

const carrierFaults: Recipe = {
  name: 'carrier-faults',
  say: 'the carrier accepts and hangs up, accepts and answers 500, refuses in bursts, and tells twice',
  short: true,
  run: async (scene) => {
    await set(scene, { dropAfterAccepting: 0.2, failAfterAccepting: 0.2, duplicateCallbacks: 0.3 });
    await wait(3_000);
    await set(scene, { throttle: 0.8 });
    await wait(1_500);
    await set(scene, { answerDelayMs: 300, dropAfterAccepting: 0.1 });
    await wait(1_500);
    await set(scene, well);
    return workedAgain(scene, afterCrashMs(scene));
  },
};

const carrierLate: Recipe = {
  name: 'carrier-late',
  say: 'the carrier answers after the time limit of the call, having accepted',
  short: false,
  run: async (scene) => {
    await set(scene, { answerDelayMs: 5_000 });
    await wait(8_000);
    await set(scene, well);
    return workedAgain(scene, afterCrashMs(scene));
  },
};

const carrierGarbage: Recipe = {
  name: 'carrier-garbage',
  say: 'the carrier accepts and answers HTML, broken JSON or an error under 200; its list lags or is garbage too',
  short: true,
  run: async (scene) => {
    for (const garbage of ['html', 'truncated', 'errorIn200'] as const) {
      await set(scene, { garbage, listLagMs: 300 });
      await wait(1_500);
    }
    await set(scene, { dropAfterAccepting: 0.3, listGarbage: 'html', missingCallbacks: 1 });
    await wait(2_000);
    await set(scene, { failAfterAccepting: 0.3, reorderCallbacks: 0.5, callbackDelayMs: 1_500 });
    await wait(2_000);
    await set(scene, {});
    return workedAgain(scene, afterCrashMs(scene));
  },
};

/** Faults of the carrier. */
export const carrierRecipes: readonly Recipe[] = [carrierFaults, carrierGarbage, carrierLate];
