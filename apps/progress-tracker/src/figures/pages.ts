import type { LocalDate } from '@stopcovid/calendar';
import { localDateSchema } from '@stopcovid/contracts';
import { z } from 'zod';
import type { DrillRun } from '../progress/drill-run';
import type { GroupedRun } from './run-facts';
import type { RunPlace } from './run-figures';

/** Some items of a list. `next` is where the following page begins, if there is one. */
export type Page<Item, Place> = { readonly items: readonly Item[]; readonly next?: Place };

/** As many items as a page has. `placeAfter` says where one begins that follows an item. */
export const pageOf = async <Item, Place>(
  list: AsyncIterable<Item>,
  limit: number,
  placeAfter: (item: Item) => Place,
): Promise<Page<Item, Place>> => {
  const items: Item[] = [];
  for await (const item of list) {
    items.push(item);
    if (items.length > limit) break;
  }
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return items.length > page.length && last !== undefined
    ? { items: page, next: placeAfter(last) }
    : { items: page };
};

/** Where what follows a run begins. */
export const placeAfter = ({ groups: { day }, runId }: GroupedRun<Pick<DrillRun, 'runId'>>): RunPlace => ({
  day,
  runId,
});

/** The fields of such a place, as a cursor has them. */
export const placeFields = {
  day: localDateSchema.transform((day) => day as LocalDate),
  runId: z.string(),
};
const runPlaceSchema = z.object(placeFields);

/** The place that a page named as its next. Throws for what is none. */
export const placeOfRun = (json: unknown): RunPlace => runPlaceSchema.parse(json);
