import { carrierRecipes } from './carrier-recipes';
import { clockRecipes } from './clock-recipes';
import { hostileRecipes } from './hostile-recipes';
import { ingressRecipes } from './ingress-recipes';
import { fairnessRecipes } from './fairness-recipes';
import { inputRecipes } from './input-recipes';
import { memoryRecipes } from './memory-recipes';
import { networkRecipes } from './network-recipes';
import { processRecipes } from './process-recipes';
import { releaseRecipes } from './release-recipes';
import { restoreRecipes } from './restore-recipes';
import type { Recipe } from './scene';
import { serverRecipes } from './server-recipes';
import { soakRecipes } from './soak-recipes';
import { unreadableRecipes } from './unreadable-recipes';

/** All recipes there are. Those that end long after their fault come first, so that the others fill the time. */
export const recipes: readonly Recipe[] = [
  ...unreadableRecipes,
  ...processRecipes,
  ...networkRecipes,
  ...inputRecipes,
  ...carrierRecipes,
  ...clockRecipes,
  ...ingressRecipes,
  ...fairnessRecipes,
  ...hostileRecipes,
  ...serverRecipes,
  ...releaseRecipes,
  ...memoryRecipes,
  ...restoreRecipes,
  ...soakRecipes,
];
