import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import type { ListFile } from '../files/list-file';
import { listFile } from '../files/list-file';
import { AnswersAlsoAsFile, InWantedForm, type Wanted } from '../files/wanted';
import { limited, Needs } from '../keys/needs';
import { costList } from './cost-files';
import { costTable, type CostSources } from './cost-table';
import { CostView, costView } from './cost-views';
import { figuresWithin } from './figures-within';
import type { RunFigures } from './run-figures';
import { CostTableQuery, textsOf } from './cost-requests';

/** What the route of costs needs. */
export type CostDesk = CostSources & { readonly figures: RunFigures; readonly now: () => Date };
/** Its token. */
export const COST_DESK = Symbol('COST_DESK');

/* Texts come and go without a change of any run, so that the version of the runs says nothing of this answer. */
@ApiTags('stats')
@Controller('v1/stats')
export class CostController {
  constructor(@Inject(COST_DESK) private readonly desk: CostDesk) {}

  @Get('cost')
  @ApiOperation({ summary: 'What texts came to, by what they are grouped by' })
  @Needs('analyst', limited)
  @AnswersAlsoAsFile(CostView)
  async cost(
    @Query() { by, ...query }: CostTableQuery,
    @Asker() { employers }: Caller,
    @InWantedForm() wanted: Wanted,
  ): Promise<CostView | ListFile> {
    const { desk } = this;
    const asOf = desk.now();
    const filter = { ...textsOf(query), ...(employers && { employers }) };
    const sources = { ...desk, figures: figuresWithin(desk.figures, employers) };
    const table = await costTable(sources, { filter, by });
    return wanted.format === 'json'
      ? costView(table, desk.segmentPrice, asOf)
      : listFile(costList(table, by, asOf), wanted);
  }
}
