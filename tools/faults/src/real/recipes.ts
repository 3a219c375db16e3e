import { carrierRecipes } from './carrier-recipes';
import { ingressRecipes } from './ingress-recipes';
import { inputRecipes } from './input-recipes';
import { memoryRecipes } from './memory-recipes';
import { networkRecipes } from './network-recipes';
import { processRecipes } from './process-recipes';
import { releaseRecipes } from './release-recipes';
import type { Recipe } from './scene';
import { serverRecipes } from './server-recipes';

/** All recipes there are. */
export const recipes: readonly Recipe[] = [
  ...processRecipes,
  ...networkRecipes,
  ...inputRecipes,
  ...carrierRecipes,
  ...ingressRecipes,
  ...serverRecipes,
  ...releaseRecipes,
  ...memoryRecipes,
];
