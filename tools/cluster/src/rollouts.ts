import { setTimeout as pause } from 'node:timers/promises';
import { deploy, rolled } from './engine';
import { underLoad } from './load';
import type { Scene } from './scene';
import type { Step } from './step';

/** The ways to replace pods that are compared, as arguments of Helm. */
const strategies: Readonly<Record<string, readonly string[]>> = {
  'all new ones beside all old ones': ['RollingUpdate', '100%', '0'],
  'one new one at a time': ['RollingUpdate', '1', '0'],
  'one old one less at a time': ['RollingUpdate', '0', '1'],
};

const settingsOf = ([type, surge, unavailable]: readonly string[]): readonly string[] => {
  const at = 'defaults.strategy';
  return [
    ...['--set', `${at}.type=${type}`],
    ...['--set-string', `${at}.rollingUpdate.maxSurge=${surge}`],
    ...['--set-string', `${at}.rollingUpdate.maxUnavailable=${unavailable}`],
  ];
};

const recreated = [
  '--set',
  'defaults.strategy.type=Recreate',
  '--set',
  'defaults.strategy.rollingUpdate=null',
];
const settleMs = 5_000;

/** The same rolling upgrade under load, once for each way to replace pods: what each costs those who text. */
export const rolloutSteps = (scene: Scene): readonly Step[] =>
  Object.entries({ ...strategies, 'all old ones gone first': undefined }).map(([way, strategy], round) => {
    const how = strategy === undefined ? recreated : settingsOf(strategy);
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
