import { registered } from '../tracker.testkit';
import { holderOf } from './shown-name';

const called = (name: string | undefined, answers: object = {}) => {
  const profile = { language: registered.profile.language, answers, ...(name !== undefined && { name }) };
  const trainee = { ...registered, profile };
  return holderOf({ trainee } as never);
};

it.each<readonly [string | undefined, string | undefined]>([
  ['Maria', 'M.'],
  ['ana-sofía de la cruz', 'A. S. D.'],
  ['  élise ', 'É.'],
  ['សុខា ចាន់', 'ស. ច.'],
  ['4 (nobody)', 'N.'],
  ['!!', undefined],
  [undefined, undefined],
])('%s is called %s, unless they let their name be shown', (name, initials) => {
  expect(called(name)).toBe(initials);
  expect(called(name, { showNameOnRecord: false })).toBe(initials);
  expect(called(name, { showNameOnRecord: true })).toBe(name ?? initials);
});
