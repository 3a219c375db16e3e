import { listFile, type ListFile } from '../files/list-file';
import type { WantedFile } from '../files/wanted';
import { answers, listedRuns } from './answers';
import { completionTable } from './completion-table';
import { drillQuestions } from './drill-questions';
import { engagementTable } from './engagement-table';
import { completionList, engagementList, overdueList, questionsList } from './figure-files';
import { overdueRuns } from './overdue-runs';
import { reminderList } from './reminder-files';
import { reminderTable } from './reminder-table';
import type { RunFigures } from './run-figures';
import { answersList, runsList } from './run-files';
import {
  drillFilterOf,
  filterOf,
  type ItemsQuery,
  type OverdueQuery,
  type RunListQuery,
  type TableQuery,
} from './stats-requests';

/** What a list is made from. */
export type ListSource = { readonly figures: RunFigures; readonly asOf: Date };

type Whole<Query> = Omit<Query, 'limit' | 'cursor'>;

/** Each list that can be had whole, as a file of what its query asks for. */
export const listFiles = {
  runs: ({ figures, asOf }: ListSource, query: Whole<RunListQuery>, wanted: WantedFile): Promise<ListFile> =>
    listFile(runsList(listedRuns(figures, filterOf(query)), asOf), wanted),

  answers: (
    { figures, asOf }: ListSource,
    query: Whole<RunListQuery>,
    wanted: WantedFile,
  ): Promise<ListFile> => listFile(answersList(answers(figures, filterOf(query)), asOf), wanted),

  overdue: (
    { figures, asOf }: ListSource,
    query: Whole<OverdueQuery>,
    wanted: WantedFile,
  ): Promise<ListFile> =>
    listFile(overdueList(overdueRuns(figures, { filter: filterOf(query), now: asOf }), asOf), wanted),

  completion: async (
    { figures, asOf }: ListSource,
    { by, ...query }: TableQuery,
    wanted: WantedFile,
  ): Promise<ListFile> =>
    listFile(completionList(await completionTable(figures, filterOf(query), by), by, asOf), wanted),

  engagement: async (
    { figures, asOf }: ListSource,
    { by, ...query }: TableQuery,
    wanted: WantedFile,
  ): Promise<ListFile> =>
    listFile(engagementList(await engagementTable(figures, filterOf(query), by), by, asOf), wanted),

  reminders: async (
    { figures, asOf }: ListSource,
    { by, ...query }: TableQuery,
    wanted: WantedFile,
  ): Promise<ListFile> =>
    listFile(reminderList(await reminderTable(figures, filterOf(query), by), by, asOf), wanted),

  items: async ({ figures, asOf }: ListSource, query: ItemsQuery, wanted: WantedFile): Promise<ListFile> =>
    listFile(questionsList(drillQuestions(await figures.questions(drillFilterOf(query))), asOf), wanted),
} as const;
