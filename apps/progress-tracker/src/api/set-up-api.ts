import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { LinkNextPage } from './link-next-page';
import { takeCsv } from '../operations/csv-body';
import type { AnswerProblems } from '../problems/answer-problems';
import { ProblemView, withProblems } from '../problems/problem-view';
import { ValidRequests } from '../problems/valid-requests';

const description =
  'Who is in training, how far they are, and what they answered. Every request but the ones to this page needs an ' +
  'API key: `Authorization: Bearer <key>`. What goes wrong is answered as `application/problem+json` (RFC 9457).';

/**
 * Validation, answers to what goes wrong, and the OpenAPI page at `/docs` with its document at `/docs-json`. Both are open, because a browser
 * sends no key and they show no data.
 */
export const setUpApi = (app: NestFastifyApplication, problems: AnswerProblems): void => {
  takeCsv(app);
  app.useGlobalFilters(problems);
  app.useGlobalInterceptors(new LinkNextPage());
  app.useGlobalPipes(new ValidRequests());
  const about = new DocumentBuilder()
    .setTitle('Progress of trainees')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  SwaggerModule.setup('docs', app, () =>
    withProblems(SwaggerModule.createDocument(app, about, { extraModels: [ProblemView] })),
  );
};
