import {
  Controller,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { PublishFailed } from '@stopcovid/kafka';
import { Transform } from 'class-transformer';
import { IsBoolean, IsString, Length, Matches } from 'class-validator';
import { Optional, toBoolean } from '../api/request-rules';
import { NotATable } from '../import/csv-rows';
import type { Reject } from '../import/read-import';
import { invalid, Problem } from '../problems/problem';
import { CsvBody } from './csv-body';
import { importTrainees, noneImported, type ImportCounts, type ImportParts } from './import-trainees';
import { Needs } from '../keys/needs';

/** What the route imports with. `mostBytes` of one file. */
export type ImportDesk = Pick<ImportParts, 'store' | 'publisher' | 'now'> & { readonly mostBytes: number };
/** Its token. */
export const IMPORT_DESK = Symbol('IMPORT_DESK');

class ImportQuery {
  @ApiPropertyOptional({ example: 'US', description: 'Of numbers without a country code (ISO 3166)' })
  @Optional()
  @Matches(/^[A-Z]{2}$/, { message: 'country must be two capital letters (ISO 3166), such as US' })
  country?: string;

  @ApiPropertyOptional({ description: 'Of rows that name no employer' })
  @Optional()
  @IsString()
  @Length(1, 128)
  employerId?: string;

  @ApiPropertyOptional({ description: 'Reads and judges every row, and asks for nothing' })
  @Optional()
  @Transform(toBoolean)
  @IsBoolean({ message: 'dryRun must be true or false' })
  dryRun?: boolean;
}

class RejectView {
  @ApiProperty({ description: 'Where the row begins; the heading is line 1' }) readonly line!: number;
  @ApiProperty({ type: [String], description: 'All that is wrong with it, by column' })
  readonly problems!: readonly string[];
}

class ImportView implements ImportCounts {
  @ApiProperty() readonly rows!: number;
  @ApiProperty({ description: 'Phones that are to be registered' }) readonly enrolled!: number;
  @ApiProperty({
    description:
      'Phones that were registered before: what their rows say is merged, but for the consent; that on record stays',
  })
  readonly updated!: number;
  @ApiProperty({ description: 'Of those that were taken, phones that have opted out, and stay so' })
  readonly optedOut!: number;
  @ApiProperty() readonly rejected!: number;
  @ApiProperty({ type: [RejectView], description: 'The first 1,000' })
  readonly rejects!: readonly RejectView[];
}

const rejectsShown = 1_000;

const said = ({ rows, enrolled, updated }: ImportCounts): string =>
  rows === 0
    ? 'nothing was taken'
    : `${enrolled + updated} of the first ${rows} rows were taken; the same file can be sent again`;

/** What went wrong, with what was done until then. */
const refuse = (error: unknown, done: ImportCounts): never => {
  if (error instanceof NotATable)
    throw invalid([{ detail: `The file cannot be read: ${error.message}` }, { detail: said(done) }]);
  if (error instanceof PublishFailed) throw new Problem('kafka-away', `Kafka is away: ${said(done)}.`);
  throw error;
};

@ApiTags('imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(@Inject(IMPORT_DESK) private readonly desk: ImportDesk) {}

  @Post()
  @ApiOperation({ summary: 'Enrol and update trainees from a file' })
  @Needs('operator')
  @HttpCode(202)
  @ApiConsumes('text/csv')
  @ApiBody({
    schema: { type: 'string' },
    description: 'UTF-8, with a heading; docs/operations.md has the columns',
  })
  @ApiAcceptedResponse({ type: ImportView, description: 'Bad rows are rejected, and the good ones go on' })
  @ApiPayloadTooLargeResponse({ description: 'The file is longer than IMPORT_MAX_BYTES' })
  @ApiUnsupportedMediaTypeResponse({ description: 'The body is not text/csv' })
  @ApiServiceUnavailableResponse({ description: 'Kafka is away: send the same file again' })
  async import(@Query() query: ImportQuery, @Req() { body }: { body: unknown }): Promise<ImportView> {
    if (!(body instanceof CsvBody)) throw new UnsupportedMediaTypeException('Send the file as text/csv.');
    const rejects: RejectView[] = [];
    const onReject = ({ line, problems }: Reject): void => {
      if (rejects.length < rejectsShown) rejects.push({ line, problems });
    };
    let done = noneImported;
    const parts = { ...this.desk, onReject, onProgress: (counts: ImportCounts) => (done = counts) };
    const request = { ...query, dryRun: query.dryRun ?? false, bytes: body.bytes(this.desk.mostBytes) };
    try {
      return { ...(await importTrainees(request, parts)), rejects };
    } catch (error) {
      return refuse(error, done);
    }
  }
}
