import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { CURSORS, type Cursors } from '../api/cursors';
import { completionTable } from './completion-table';
import { listFile, type ListFile } from '../files/list-file';
import { AnswersAlsoAsFile, InWantedForm, type Wanted } from '../files/wanted';
import { completionList, engagementList, overdueList, questionsList } from './figure-files';
import { figuresWithin } from './figures-within';
import { drillFunnel } from './drill-funnel';
import { drillQuestions } from './drill-questions';
import { engagementTable } from './engagement-table';
import { EngagementView, engagementView } from './engagement-views';
import { FunnelView, funnelView } from './funnel-views';
import { NearMissesView, nearMissesView } from './near-miss-views';
import { nearMisses } from './near-misses';
import { overduePage, overdueRuns } from './overdue-runs';
import { placeOfRun } from './pages';
import { OverdueView, overdueView } from './overdue-views';
import { reminderList } from './reminder-files';
import { reminderTable } from './reminder-table';
import { RemindersView, remindersView } from './reminder-views';
import type { RunFigures } from './run-figures';
import { STATS_DESK, type StatsDesk } from './stats-desk';
import {
  DrillQuery,
  filterOf,
  ItemsQuery,
  NearMissesQuery,
  OverdueQuery,
  TableQuery,
} from './stats-requests';
import { CompletionView, completionView, QuestionsView, questionsView } from './stats-views';
import { ByTheMinute, UnlessUnchanged } from './unless-unchanged';
import { limited, Needs } from '../keys/needs';

@ApiTags('stats')
@UseInterceptors(UnlessUnchanged)
@Controller('v1/stats')
export class StatsController {
  constructor(
    @Inject(STATS_DESK) private readonly desk: StatsDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get('completion')
  @ApiOperation({ summary: 'How far runs came, by what they are grouped by' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(CompletionView)
  async completion(
    @Query() { by, ...query }: TableQuery,
    @Asker() caller: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<CompletionView | ListFile> {
    const asOf = this.desk.now();
    const table = await completionTable(this.#of(caller), filterOf(query), by);
    return wanted.format === 'json'
      ? completionView(table, asOf)
      : listFile(completionList(table, by, asOf), wanted);
  }

  @Get('items')
  @ApiOperation({ summary: 'How the questions of a drill did' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(QuestionsView)
  async items(
    @Query() query: ItemsQuery,
    @Asker() caller: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<QuestionsView | ListFile> {
    const asOf = this.desk.now();
    const questions = await drillQuestions(this.#of(caller).runs(filterOf(query)));
    return wanted.format === 'json'
      ? questionsView(query.drill, questions, asOf)
      : listFile(questionsList(questions, asOf), wanted);
  }

  @Get('funnel')
  @ApiOperation({ summary: 'Where the runs of a drill end, by what was put before' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: FunnelView })
  async funnel(@Query() query: DrillQuery, @Asker() caller: Caller): Promise<FunnelView> {
    const asOf = this.desk.now();
    return funnelView(query.drill, await drillFunnel(this.#of(caller).runs(filterOf(query))), asOf);
  }

  @Get('engagement')
  @ApiOperation({ summary: 'Who takes part, and who was active' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(EngagementView)
  async engagement(
    @Query() { by, ...query }: TableQuery,
    @Asker() caller: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<EngagementView | ListFile> {
    const asOf = this.desk.now();
    const table = await engagementTable(this.#of(caller), filterOf(query), by);
    return wanted.format === 'json'
      ? engagementView(table, asOf)
      : listFile(engagementList(table, by, asOf), wanted);
  }

  @Get('reminders')
  @ApiOperation({ summary: 'What reminders did' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(RemindersView)
  async reminders(
    @Query() { by, ...query }: TableQuery,
    @Asker() caller: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<RemindersView | ListFile> {
    const asOf = this.desk.now();
    const table = await reminderTable(this.#of(caller), filterOf(query), by);
    return wanted.format === 'json'
      ? remindersView(table, asOf)
      : listFile(reminderList(table, by, asOf), wanted);
  }

  @Get('overdue')
  @ByTheMinute()
  @ApiOperation({ summary: 'Who is overdue' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(OverdueView)
  async overdue(
    @Query() { limit, cursor, ...query }: OverdueQuery,
    @Asker() caller: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<OverdueView | ListFile> {
    const now = this.desk.now();
    const filter = filterOf(query);
    if (wanted.format !== 'json')
      return listFile(overdueList(overdueRuns(this.#of(caller), { filter, now }), now), wanted);
    const paging = this.cursors.of({ list: 'overdue', filter, placeIn: placeOfRun });
    const asked = { filter, ...paging.after(cursor), limit, now };
    const page = await overduePage(this.#of(caller), asked);
    return { ...overdueView(page, now), ...paging.next(page.next) };
  }

  @Get('near-misses')
  @ApiOperation({ summary: 'Answers that nearly were right' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: NearMissesView })
  async nearMisses(
    @Query() { limit, ...query }: NearMissesQuery,
    @Asker() caller: Caller,
  ): Promise<NearMissesView> {
    const asOf = this.desk.now();
    const runs = this.#of(caller).runs(filterOf(query));
    return nearMissesView(query.drill, await nearMisses(runs, limit), asOf);
  }

  #of({ employers }: Caller): RunFigures {
    return figuresWithin(this.desk.figures, employers);
  }
}
