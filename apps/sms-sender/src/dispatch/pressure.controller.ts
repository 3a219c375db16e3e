import { Controller, Get, Inject } from '@nestjs/common';
import { NeedsRole } from '@stopcovid/runtime';
import type { Pressure, PressureWatch } from './pressure';

/** The token of the watch. */
export const PRESSURE_WATCH = Symbol('PRESSURE_WATCH');

/** Where the route is: it is asked every few seconds, so that it went well is not logged. */
export const pressurePath = 'v1/pressure';

/** Says whether schedules should add nothing for now. It is served where API keys are set, and to nobody without one. */
@Controller(pressurePath)
export class PressureController {
  constructor(@Inject(PRESSURE_WATCH) private readonly watch: PressureWatch) {}

  @Get()
  @NeedsRole('analyst')
  current(): Pressure {
    return this.watch.current();
  }
}
