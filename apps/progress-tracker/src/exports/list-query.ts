import type { Type } from '@nestjs/common';
import type { ListFile } from '../files/list-file';
import type { WantedFile } from '../files/wanted';
import { listFiles, type ListSource } from '../figures/list-files';
import { filterOf, ItemsQuery, OverdueQuery, RunListQuery, TableQuery } from '../figures/stats-requests';
import { invalid, pointerTo, Problem, type RequestError } from '../problems/problem';
import { validQuery } from '../problems/valid-requests';

/** The lists that can be exported, by the names of their routes. A name stays for good. */
export const listNames = [
  'runs',
  'answers',
  'completion',
  'engagement',
  'reminders',
  'items',
  'overdue',
] as const;
export type ListName = (typeof listNames)[number];

/** Makes the file of a list that was asked for. */
type MakeFile = (source: ListSource, wanted: WantedFile) => Promise<ListFile>;
type Parse = (query: Readonly<Record<string, string>>) => Promise<MakeFile>;

const asked =
  <Query extends Parameters<typeof filterOf>[0]>(
    type: Type<Query>,
    file: (source: ListSource, query: Query, wanted: WantedFile) => Promise<ListFile>,
  ): Parse =>
  async (query) => {
    const valid = await validQuery(type, query, ['query']);
    const whole = Object.fromEntries(
      Object.entries(valid).filter(([name]) => !notOfWholeLists.includes(name)),
    ) as Query;
    refuseEmpty(whole);
    return (source, wanted) => file(source, whole, wanted);
  };

/* What the list says of parameters is here of the body. */
const refuseEmpty = (query: Parameters<typeof filterOf>[0]): void => {
  try {
    filterOf(query);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { errors = [] } = error.members;
    throw invalid(
      errors.map(({ detail, parameter = '' }) => ({ detail, pointer: pointerTo(['query', parameter]) })),
    );
  }
};

const notOfWholeLists: readonly string[] = ['limit', 'cursor', 'format', 'bom'];

const parsers: Readonly<Record<ListName, Parse>> = {
  runs: asked(RunListQuery, listFiles.runs),
  answers: asked(RunListQuery, listFiles.answers),
  completion: asked(TableQuery, listFiles.completion),
  engagement: asked(TableQuery, listFiles.engagement),
  reminders: asked(TableQuery, listFiles.reminders),
  items: asked(ItemsQuery, listFiles.items),
  overdue: asked(OverdueQuery, listFiles.overdue),
};

const misplaced = (query: object): readonly RequestError[] =>
  notOfWholeLists
    .filter((name) => name in query)
    .map((name) => ({
      detail: `an export has the whole list, and its format beside the query: leave ${name} out`,
      pointer: pointerTo(['query', name]),
    }));

const notText = (query: object): readonly RequestError[] =>
  Object.entries(query)
    .filter(([, value]) => typeof value !== 'string')
    .map(([name]) => ({
      detail: `${name} must be a text, as in the query of an address`,
      pointer: pointerTo(['query', name]),
    }));

/** Holds a query to be texts as in an address. Throws 400, naming each that is none. */
export const textsIn = (query: object): Readonly<Record<string, string>> => {
  const errors = [...misplaced(query), ...notText(query)];
  if (errors.length > 0) throw invalid(errors);
  return query as Readonly<Record<string, string>>;
};

/** What makes the file of a list, by its own query. Throws 400 for what the list's route would refuse. */
export const fileOf = (list: ListName, query: Readonly<Record<string, string>>): Promise<MakeFile> =>
  parsers[list](query);
