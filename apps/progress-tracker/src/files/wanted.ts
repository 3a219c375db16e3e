import {
  applyDecorators,
  createParamDecorator,
  Header,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn } from 'class-validator';
import { Optional, toBoolean } from '../api/request-rules';
import { invalidParameter, Problem } from '../problems/problem';
import { fileFormats, type FileFormatName } from './file-formats';

const formats = ['json', ...(Object.keys(fileFormats) as FileFormatName[])] as const;
type Format = (typeof formats)[number];

/** A file as it is asked for. */
export type WantedFile = { readonly format: FileFormatName; readonly bom: boolean };

/** In what form an answer is asked for. */
export type Wanted = { readonly format: 'json' } | WantedFile;

/** What is asked of the form of an answer. */
export class FormatQuery {
  @ApiPropertyOptional({
    enum: formats,
    description:
      'The form of the answer; without it the header `Accept` says it. A file has the whole list, without `limit` and `cursor`',
  })
  @Optional()
  @IsIn(formats, { message: `format takes ${formats.join(', ')}` })
  format?: Format;

  @ApiPropertyOptional({
    default: false,
    description: 'Begins a CSV with a byte order mark, for spreadsheets',
  })
  @Transform(toBoolean)
  @IsBoolean({ message: 'bom takes true or false' })
  bom: boolean = false;
}

const mediaTypeOf = (format: Format): string =>
  format === 'json' ? 'application/json' : fileFormats[format].mediaType;

type Range = { readonly type: string; readonly weight: number };

const rangeOf = (text: string): Range => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, weight: weight === undefined ? 1 : Number(weight) };
};

const covers = (range: string, type: string): boolean =>
  range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));

/* The most specific range says how much a type is wanted (RFC 9110, 12.5.1). */
const weightOf = (type: string, ranges: readonly Range[]): number =>
  ranges
    .filter((range) => covers(range.type, type))
    .sort(
      (one, other) =>
        Number(one.type.includes('*')) - Number(other.type.includes('*')) ||
        other.type.length - one.type.length,
    )[0]?.weight ?? 0;

/** What a header `Accept` would rather have, JSON where it is all the same. Throws 406 for what we have nothing of. */
const accepted = (accept: string | undefined): Format => {
  const ranges = (accept ?? '*/*').split(',').map(rangeOf);
  const weighed = formats.map((format) => ({ format, weight: weightOf(mediaTypeOf(format), ranges) }));
  const best = weighed.reduce((one, other) => (other.weight > one.weight ? other : one));
  if (best.weight > 0) return best.format;
  const detail = `this is answered as ${formats.map(mediaTypeOf).join(', ')}`;
  throw new Problem('not-acceptable', detail, { errors: [{ detail, header: 'Accept' }] });
};

type Request = {
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: { readonly accept?: string };
};

const isFormat = (value: unknown): value is Format => (formats as readonly unknown[]).includes(value);

/** The form that a request asks for. Throws 406, and 400 where it asks for a page of a file. What is no format is the query's to refuse. */
export const wantedIn = ({ query, headers }: Request): Wanted => {
  const asked = query['format'];
  const format = isFormat(asked) ? asked : accepted(asked === undefined ? headers.accept : undefined);
  if (format === 'json') return { format };
  const ofPages = ['limit', 'cursor'].find((name) => name in query);
  if (ofPages !== undefined)
    throw invalidParameter(ofPages, `a file has the whole list: leave ${ofPages} out`);
  return { format, bom: query['bom'] === 'true' };
};

/** Hands the form that is asked for to a route whose query is a `FormatQuery`. */
export const InWantedForm = createParamDecorator((_: unknown, context: ExecutionContext): Wanted =>
  wantedIn(context.switchToHttp().getRequest<Request>()),
);

/** Declares that a route answers with this as JSON, or with its rows as a file. */
export const AnswersAlsoAsFile = (view: Type): MethodDecorator =>
  applyDecorators(
    Header('vary', 'Accept'),
    ApiExtraModels(view),
    ApiOkResponse({
      content: Object.fromEntries(
        formats.map((format) => [
          mediaTypeOf(format),
          { schema: format === 'json' ? { $ref: getSchemaPath(view) } : { type: 'string' } },
        ]),
      ),
      headers: {
        'X-Row-Count': {
          description: 'Of a file its rows: in the head where they are known, else in the trailer',
          schema: { type: 'integer' },
        },
      },
    }),
  );
