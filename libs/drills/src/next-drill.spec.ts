import { drillSlugSchema, type DrillSlug } from '@stopcovid/contracts';
import { nextDrill, type Course } from './next-drill';

const slugs = (...names: string[]): DrillSlug[] => names.map((name) => drillSlugSchema.parse(name));
const course: Course = { slug: 'hygiene', drills: slugs('intake', 'hands', 'masks') };

it.each<readonly [string, string[], string[], string | undefined]>([
  ['begins with the first', [], [], 'intake'],
  ['gives what was never started before what was never finished', ['intake'], [], 'hands'],
  ['skips what was started out of order', ['intake', 'masks'], ['intake', 'masks'], 'hands'],
  ['comes back to the first that is unfinished', ['intake', 'hands', 'masks'], ['intake', 'masks'], 'hands'],
  ['is over when all is done', ['intake', 'hands', 'masks'], ['intake', 'hands', 'masks'], undefined],
  ['takes no notice of drills outside the course', ['schedule'], ['schedule'], 'intake'],
])('%s', (...[, started, completed, expected]) => {
  const history = { started: new Set(slugs(...started)), completed: new Set(slugs(...completed)) };
  expect(nextDrill(course, history)).toBe(expected);
});
