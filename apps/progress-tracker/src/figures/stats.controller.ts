import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { LocalDate } from '@stopcovid/calendar';
import type { DrillRun } from '../progress/drill-run';
import { invalidParameter } from '../problems/problem';
import { completionTable } from './completion-table';
import { drillQuestions } from './drill-questions';
import type { RunFigures, RunFilter } from './run-figures';
import { CompletionQuery, QuestionsQuery } from './stats-requests';
import { CompletionView, completionView, QuestionsView, questionsView } from './stats-views';
import { Needs } from '../keys/needs';

/** What the routes of figures need. */
export type StatsDesk = { readonly figures: RunFigures; readonly now: () => Date };
/** Its token. */
export const STATS_DESK = Symbol('STATS_DESK');

const filterOf = ({
  from,
  until,
  ...exact
}: Omit<QuestionsQuery, 'drill'> & { drill?: string }): RunFilter => {
  if (from !== undefined && until !== undefined && from >= until)
    throw invalidParameter('from', 'from must be before until');
  return {
    ...Object.fromEntries(Object.entries(exact).filter(([, value]) => value !== undefined)),
    ...(from === undefined ? {} : { from: from as LocalDate }),
    ...(until === undefined ? {} : { until: until as LocalDate }),
  };
};

@ApiTags('stats')
@Controller('v1/stats')
export class StatsController {
  constructor(@Inject(STATS_DESK) private readonly desk: StatsDesk) {}

  @Get('completion')
  @Needs('analyst')
  @ApiOkResponse({ type: CompletionView })
  async completion(@Query() { by, ...query }: CompletionQuery): Promise<CompletionView> {
    const asOf = this.desk.now();
    return completionView(await completionTable(this.desk.figures, filterOf(query), by), asOf);
  }

  @Get('questions')
  @Needs('analyst')
  @ApiOkResponse({ type: QuestionsView })
  async questions(@Query() query: QuestionsQuery): Promise<QuestionsView> {
    const asOf = this.desk.now();
    const runs: DrillRun[] = [];
    for await (const run of this.desk.figures.runs(filterOf(query))) runs.push(run);
    return questionsView(query.drill, drillQuestions(runs), asOf);
  }
}
