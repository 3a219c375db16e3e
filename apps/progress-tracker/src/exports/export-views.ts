import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsObject, IsString, Length, Matches } from 'class-validator';
import { PageView } from '../api/page-query';
import { Optional } from '../api/request-rules';
import { fileFormats, type FileFormatName } from '../files/file-formats';
import { given } from '../given';
import type { Export, Failure, Standing } from './export';
import { listNames, type ListName } from './list-query';

const formats = Object.keys(fileFormats) as FileFormatName[];
const states = [
  'queued',
  'running',
  'ready',
  'failed',
  'expired',
] as const satisfies readonly Standing['state'][];

export class ExportBody {
  @ApiProperty({ enum: listNames, description: 'Which list: each is one of `GET /v1/runs` and its like' })
  @IsIn(listNames, { message: `list takes ${listNames.join(', ')}` })
  readonly list!: ListName;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { from: '2026-03-01', until: '2026-04-01', employerId: 'acme' },
    description: "What the list's own query takes, as texts; without `limit`, `cursor`, `format` and `bom`",
  })
  @Optional()
  @IsObject()
  readonly query?: object;

  @ApiProperty({ enum: formats })
  @IsIn(formats, { message: `format takes ${formats.join(', ')}` })
  readonly format!: FileFormatName;

  @ApiPropertyOptional({
    default: false,
    description: 'Begins a CSV with a byte order mark, for spreadsheets',
  })
  @Optional()
  @IsBoolean()
  readonly bom?: boolean;
}

export class ExportPath {
  @ApiProperty({ example: 'ex_5e8d7c6b5a49382716059483' })
  @Matches(/^\w{1,64}$/, { message: 'id is not one of an export' })
  readonly id!: string;
}

export class ExportFileQuery {
  @ApiPropertyOptional({ description: 'Of `link`: who sends it needs no key' })
  @Optional()
  @IsString()
  @Length(1, 1_024)
  readonly link?: string;
}

class LinkView {
  @ApiProperty({
    description:
      'From the root of the API. Whoever has it has the file: give it to nobody who may not see it',
    example: '/v1/exports/ex_5e8d7c6b5a49382716059483/file?link=…',
  })
  readonly href!: string;
  @ApiProperty({ format: 'date-time', description: 'An hour from now, or when the file is removed' })
  readonly expiresAt!: string;
}

export class ExportView {
  @ApiProperty({ example: 'ex_5e8d7c6b5a49382716059483' }) readonly id!: string;
  @ApiProperty({ enum: listNames }) readonly list!: ListName;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly query!: Readonly<Record<string, string>>;
  @ApiProperty({ enum: formats }) readonly format!: FileFormatName;
  @ApiPropertyOptional({
    type: [String],
    description: 'Whose people it tells of; everybody’s where it is absent',
  })
  readonly employers?: readonly string[];
  @ApiProperty({ enum: states }) readonly state!: Standing['state'];
  @ApiProperty({ description: 'So far, and of one that is ready all' }) readonly rows!: number;
  @ApiProperty({ description: 'So far, and of one that is ready all' }) readonly bytes!: number;
  @ApiProperty({ description: 'The name of the key that asked for it' }) readonly by!: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Of which time it tells' })
  readonly startedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) readonly endedAt?: string;
  @ApiProperty({ format: 'date-time', description: 'When the file is removed' }) readonly expiresAt!: string;
  @ApiPropertyOptional({ description: 'Of the bytes of the file, hexadecimal' }) readonly sha256?: string;
  @ApiPropertyOptional({
    enum: ['no-room', 'broke-off'] satisfies Failure[],
    description: 'Why it failed: the files of all exports take up what they may, or it broke off three times',
  })
  readonly because?: Failure;
  @ApiPropertyOptional({
    type: LinkView,
    description: 'Of one that is ready, where it is asked for by its id',
  })
  readonly link?: LinkView;
}

export class ExportListView extends PageView {
  @ApiProperty({ type: [ExportView] }) readonly items!: readonly ExportView[];
}

/** Its file is gone when it has expired, whether it was removed yet or not. */
export const stateOf = ({ standing, expiresAt }: Export, now: Date): Standing['state'] =>
  expiresAt <= now ? 'expired' : standing.state;

const extentOf = (standing: Standing): Pick<ExportView, 'rows' | 'bytes'> =>
  'rows' in standing ? { rows: standing.rows, bytes: standing.bytes } : { rows: 0, bytes: 0 };

const whenOf = (standing: Standing): Pick<ExportView, 'startedAt' | 'endedAt'> =>
  given({
    startedAt: 'startedAt' in standing ? standing.startedAt.toISOString() : undefined,
    endedAt: 'endedAt' in standing ? standing.endedAt.toISOString() : undefined,
  });

/** What is shown of an export. */
export const exportView = (one: Export, now: Date): ExportView => {
  const { id, list, query, file, by, employers, createdAt, expiresAt, standing } = one;
  return {
    ...{ id, list, query, format: file.format, ...given({ employers }), state: stateOf(one, now) },
    ...extentOf(standing),
    ...{ by, createdAt: createdAt.toISOString(), ...whenOf(standing), expiresAt: expiresAt.toISOString() },
    ...(standing.state === 'ready' && { sha256: standing.sha256 }),
    ...(standing.state === 'failed' && { because: standing.because }),
  };
};
