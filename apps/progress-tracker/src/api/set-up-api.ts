import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from '@stopcovid/runtime';
import { answerUnchanged } from '../figures/unless-unchanged';
import { SendFiles } from '../files/send-files';
import { SayWhatWasRead } from '../reads/say-what-was-read';
import { AnswerOnce, ONCE_DESK, type OnceDesk } from '../once/answer-once';
import { LinkNextPage } from './link-next-page';
import { openApiOf } from './open-api';
import { serveDashboard } from '../dashboard/dashboard-files';
import { takeCsv } from '../operations/csv-body';
import type { AnswerProblems } from '../problems/answer-problems';
import { ValidRequests } from '../problems/valid-requests';

/**
 * Validation, answers to what goes wrong, the dashboard, and the OpenAPI page at `/docs` with its document at `/docs-json`.
 * All three are open, because a browser sends no key and they show no data. There is no YAML: it would be written anew for
 * whoever asks.
 */
export const setUpApi = async (
  app: NestFastifyApplication,
  problems: AnswerProblems,
  logger: Pick<Logger, 'warn' | 'error'>,
): Promise<void> => {
  takeCsv(app);
  answerUnchanged(app);
  app.useGlobalFilters(problems);
  app.useGlobalInterceptors(
    new LinkNextPage(),
    new SendFiles(logger),
    new SayWhatWasRead(),
    new AnswerOnce(app.get<OnceDesk>(ONCE_DESK), logger),
  );
  app.useGlobalPipes(new ValidRequests());
  await serveDashboard(app, logger);
  SwaggerModule.setup('docs', app, () => openApiOf(app), { raw: ['json'] });
};
