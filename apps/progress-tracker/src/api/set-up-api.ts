import { ValidationPipe } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { AnswerUnreadable } from './answer-unreadable';
import { takeCsv } from '../operations/csv-body';

/** Requests say what they mean or are refused: a misspelt field is an error, not silence. */
const validation = {
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
};

const description =
  'Who is in training, how far they are, and what they answered. Every request but the ones to this page needs an ' +
  'API key: `Authorization: Bearer <key>`.';

/**
 * Validation, and the OpenAPI page at `/docs` with its document at `/docs-json`. Both are open, because a browser
 * sends no key and they show no data.
 */
export const setUpApi = (app: NestFastifyApplication): void => {
  takeCsv(app);
  app.useGlobalFilters(new AnswerUnreadable());
  app.useGlobalPipes(new ValidationPipe(validation));
  const about = new DocumentBuilder()
    .setTitle('Progress of trainees')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, about));
};
