import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { CURSORS, type Cursors } from '../api/cursors';
import { completionTable } from './completion-table';
import type { ListFile } from '../files/list-file';
import { AnswersAlsoAsFile, InWantedForm, type Wanted } from '../files/wanted';
import { figuresWithin } from './figures-within';
import { drillFunnel } from './drill-funnel';
import { drillQuestions } from './drill-questions';
import { engagementTable } from './engagement-table';
import { EngagementView, engagementView } from './engagement-views';
import { FunnelView, funnelView } from './funnel-views';
import { listFiles, type ListSource } from './list-files';
import { NearMissesView, nearMissesView } from './near-miss-views';
import { nearMisses } from './near-misses';
import { overduePage } from './overdue-runs';
import { placeOfRun } from './pages';
import { OverdueView, overdueView } from './overdue-views';
import { reminderTable } from './reminder-table';
import { RemindersView, remindersView } from './reminder-views';
import { STATS_DESK, type StatsDesk } from './stats-desk';
import {
  drillFilterOf,
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
import { ReadsPersons } from '../reads/say-what-was-read';

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
    const source = this.#source(caller);
    if (wanted.format !== 'json') return listFiles.completion(source, { by, ...query }, wanted);
    return completionView(await completionTable(source.figures, filterOf(query), by), source.asOf);
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
    const source = this.#source(caller);
    if (wanted.format !== 'json') return listFiles.items(source, query, wanted);
    const questions = drillQuestions(await source.figures.questions(drillFilterOf(query)));
    return questionsView(query.drill, questions, source.asOf);
  }

  @Get('funnel')
  @ApiOperation({ summary: 'Where the runs of a drill end, by what was put before' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: FunnelView })
  async funnel(@Query() query: DrillQuery, @Asker() caller: Caller): Promise<FunnelView> {
    const { figures, asOf } = this.#source(caller);
    return funnelView(query.drill, drillFunnel(await figures.questions(drillFilterOf(query))), asOf);
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
    const source = this.#source(caller);
    if (wanted.format !== 'json') return listFiles.engagement(source, { by, ...query }, wanted);
    return engagementView(await engagementTable(source.figures, filterOf(query), by), source.asOf);
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
    const source = this.#source(caller);
    if (wanted.format !== 'json') return listFiles.reminders(source, { by, ...query }, wanted);
    return remindersView(await reminderTable(source.figures, filterOf(query), by), source.asOf);
  }

  @Get('overdue')
  @ReadsPersons('overdue')
  @ByTheMinute()
  @ApiOperation({ summary: 'Who is overdue' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(OverdueView)
  async overdue(
    @Query() { limit, cursor, ...query }: OverdueQuery,
    @Asker() caller: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<OverdueView | ListFile> {
    const { figures, asOf: now } = this.#source(caller);
    if (wanted.format !== 'json') return listFiles.overdue({ figures, asOf: now }, query, wanted);
    const filter = filterOf(query);
    const paging = this.cursors.of({ list: 'overdue', filter, placeIn: placeOfRun });
    const asked = { filter, ...paging.after(cursor), limit, now };
    const page = await overduePage(figures, asked);
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
    const { figures, asOf } = this.#source(caller);
    const runs = figures.runs(filterOf(query), 'answers');
    return nearMissesView(query.drill, await nearMisses(runs, limit), asOf);
  }

  #source({ employers }: Caller): ListSource {
    return { figures: figuresWithin(this.desk.figures, employers), asOf: this.desk.now() };
  }
}
