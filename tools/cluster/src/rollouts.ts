import { setTimeout as pause } from 'node:timers/promises';
import { deploy, rolled } from './engine';
import { underLoad } from './load';
import type { Scene } from './scene';
import type { Step } from './step';

const rolling = (maxSurge: number | string, maxUnavailable: number) => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge, maxUnavailable },
});

/** The ways to replace pods that are compared. */
const strategies = {
  'all new ones beside all old ones': rolling('100%', 0),
  'one new one at a time': rolling(1, 0),
  'one old one less at a time': rolling(0, 1),
  'all old ones gone first': { type: 'Recreate', rollingUpdate: null },
} as const;

const settleMs = 5_000;

/** The same rolling upgrade under load, once for each way to replace pods: what each costs those who text. */
export const rolloutSteps = (scene: Scene): readonly Step[] =>
  Object.entries(strategies).map(([way, strategy], round) => {
    const how = ['--set-json', `defaults.strategy=${JSON.stringify(strategy)}`];
    return {
      name: `a rolling upgrade under load, ${way}`,
      run: async () => {
        /* The way itself is changed first: it is no part of the pods. */
        await deploy(scene, ...how);
        await pause(settleMs);
        return underLoad(scene, () => deploy(scene, ...how, ...rolled(`way-${round}`)));
      },
    };
  });
