import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Open } from './api-key.guard';
import { Health, type HealthReport } from './health';

@Controller('health')
export class HealthController {
  constructor(
    @Inject(Health) private readonly health: Health,
    @Inject(HealthCheckService) private readonly answers: HealthCheckService,
  ) {}

  @Open()
  @Get('live')
  async live(): Promise<HealthCheckResult> {
    return this.#answer(await this.health.live());
  }

  @Open()
  @Get('ready')
  async ready(): Promise<HealthCheckResult> {
    return this.#answer(await this.health.ready());
  }

  /** 200, or 503 when anything is down: both with every check's state. */
  #answer(report: HealthReport): Promise<HealthCheckResult> {
    const states = Object.entries(report.checks).map(([name, { up, detail }]) => {
      const status = up ? ('up' as const) : ('down' as const);
      return () => ({ [name]: { status, ...(detail === undefined ? {} : { detail }) } });
    });
    return this.answers.check(states);
  }
}
