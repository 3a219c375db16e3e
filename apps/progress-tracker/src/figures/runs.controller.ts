import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { CURSORS, type Cursors } from '../api/cursors';
import type { ListFile } from '../files/list-file';
import { AnswersAlsoAsFile, InWantedForm, type Wanted } from '../files/wanted';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';
import { answers, listedRuns, placeAfterAnswer, placeOfAnswer } from './answers';
import { figuresWithin } from './figures-within';
import { listFiles } from './list-files';
import { pageOf, placeAfter, placeOfRun } from './pages';
import { AnswersView, answersView, RunsView, runsView } from './run-views';
import { filterOf, RunListQuery } from './stats-requests';
import { STATS_DESK, type StatsDesk } from './stats-desk';
import { UnlessUnchanged } from './unless-unchanged';

@ApiTags('stats')
@UseInterceptors(UnlessUnchanged)
@Controller('v1')
export class RunsController {
  constructor(
    @Inject(STATS_DESK) private readonly desk: StatsDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get('runs')
  @ReadsPersons('runs')
  @ApiOperation({ summary: 'The runs that figures are made of' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(RunsView)
  async runs(
    @Query() { limit, cursor, ...query }: RunListQuery,
    @Asker() { employers }: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<RunsView | ListFile> {
    const asOf = this.desk.now();
    const figures = figuresWithin(this.desk.figures, employers);
    if (wanted.format !== 'json') return listFiles.runs({ figures, asOf }, query, wanted);
    const filter = filterOf(query);
    const paging = this.cursors.of({ list: 'runs', filter, placeIn: placeOfRun });
    const { items, next } = await pageOf(
      listedRuns(figures, filter, paging.after(cursor).after),
      limit,
      placeAfter,
    );
    return { ...runsView(items, asOf), ...paging.next(next) };
  }

  @Get('answers')
  @ReadsPersons('answers')
  @ApiOperation({ summary: 'Each judged reply of these runs' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(AnswersView)
  async answers(
    @Query() { limit, cursor, ...query }: RunListQuery,
    @Asker() { employers }: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<AnswersView | ListFile> {
    const asOf = this.desk.now();
    const figures = figuresWithin(this.desk.figures, employers);
    if (wanted.format !== 'json') return listFiles.answers({ figures, asOf }, query, wanted);
    const filter = filterOf(query);
    const paging = this.cursors.of({ list: 'answers', filter, placeIn: placeOfAnswer });
    const { items, next } = await pageOf(
      answers(figures, filter, paging.after(cursor).after),
      limit,
      placeAfterAnswer,
    );
    return { ...answersView(items, asOf), ...paging.next(next) };
  }
}
