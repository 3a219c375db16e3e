import { Controller, Get, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AnswerProblems } from '../problems/answer-problems';
import { ValidRequests } from '../problems/valid-requests';
import { listFile, type List, type ListFile } from './list-file';
import { SendFiles } from './send-files';
import { AnswersAlsoAsFile, FormatQuery, InWantedForm, type Wanted } from './wanted';

class ListView {}

/** A server of one list, over a real socket, and what it logged. */
export const serverOf = async <Row>(list: () => List<Row>) => {
  const errors: unknown[] = [];
  const logger = { error: (fields: unknown) => void errors.push(fields) } as never;

  @Controller()
  class ListController {
    @Get('list')
    @AnswersAlsoAsFile(ListView)
    answer(@Query() _query: FormatQuery, @InWantedForm() wanted: Wanted): Promise<ListFile> | ListView {
      return wanted.format === 'json' ? { items: [] } : listFile(list(), wanted);
    }
  }

  @Module({ controllers: [ListController] })
  class ListModule {}

  const app = await NestFactory.create<NestFastifyApplication>(ListModule, new FastifyAdapter(), {
    logger: false,
  });
  app.useGlobalFilters(new AnswerProblems(logger));
  app.useGlobalInterceptors(new SendFiles(logger));
  app.useGlobalPipes(new ValidRequests());
  await app.listen(0, '127.0.0.1');
  return { url: `${await app.getUrl()}/list`, errors, close: () => app.close() };
};
