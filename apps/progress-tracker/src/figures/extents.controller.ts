import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { limited, Needs } from '../keys/needs';
import { DrillsView, EmployersView } from './extent-views';
import { figuresWithin } from './figures-within';
import { drillsIn, employersIn } from './run-extents';
import { STATS_DESK, type StatsDesk } from './stats-desk';
import { EmployersQuery } from './stats-requests';
import { UnlessUnchanged } from './unless-unchanged';

@ApiTags('stats')
@UseInterceptors(UnlessUnchanged)
@Controller('v1')
export class ExtentsController {
  constructor(@Inject(STATS_DESK) private readonly desk: StatsDesk) {}

  @Get('employers')
  @ApiOperation({ summary: 'Whose trainees began drills' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: EmployersView })
  async employers(@Query() query: EmployersQuery, @Asker() caller: Caller): Promise<EmployersView> {
    const asOf = this.desk.now().toISOString();
    const figures = figuresWithin(this.desk.figures, caller.employers);
    return { asOf, employers: await employersIn(figures, query) };
  }

  @Get('drills')
  @ApiOperation({ summary: 'Which drills were begun, in which contents and languages' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: DrillsView })
  async drills(@Asker() caller: Caller): Promise<DrillsView> {
    const asOf = this.desk.now().toISOString();
    return { asOf, drills: await drillsIn(figuresWithin(this.desk.figures, caller.employers)) };
  }
}
