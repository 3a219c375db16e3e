import {
  Catch,
  Controller,
  Get,
  Inject,
  ServiceUnavailableException,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Open } from './api-key.guard';
import { Health, type HealthReport } from './health';

/** A report that something is down is an answer, whatever an app makes of errors. */
@Catch(ServiceUnavailableException)
class AnswerReport implements ExceptionFilter<ServiceUnavailableException> {
  catch(down: ServiceUnavailableException, host: ArgumentsHost): void {
    const reply: { code(status: number): { send(body: unknown): void } } = host.switchToHttp().getResponse();
    reply.code(down.getStatus()).send(down.getResponse());
  }
}

@UseFilters(AnswerReport)
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
