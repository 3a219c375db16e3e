import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
  UnauthorizedException,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiGoneResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { CURSORS, placeInTime, type Cursors } from '../api/cursors';
import { PageQuery } from '../api/page-query';
import { pageOf } from '../figures/pages';
import { fileFormats } from '../files/file-formats';
import { ListFile } from '../files/list-file';
import { limited, Needs, orByLink } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';
import { TakesKey } from '../once/takes-key';
import { keyReused } from '../operations/answer';
import { HowAsked, type Asking } from '../operations/asking';
import { invalidParameter, Problem } from '../problems/problem';
import { askExport, maySee, mostWaiting, removeExport, type Asked, type AskParts } from './ask-export';
import { isReady, type Export, type Ready } from './export';
import type { ExportChunks } from './export-chunks';
import type { Links } from './export-links';
import {
  ExportBody,
  ExportFileQuery,
  ExportListView,
  ExportPath,
  exportView,
  ExportView,
  stateOf,
} from './export-views';
import type { ExportPlace, Exports } from './exports';
import { textsIn } from './list-query';
import { bytesIn } from './write-export';

/** What the routes of exports work with. `wake` lets what makes them look at once. */
export type ExportDesk = {
  readonly parts: AskParts & { readonly exports: Exports };
  readonly chunks: ExportChunks;
  readonly links: Links;
  readonly wake: () => void;
};
/** Its token. */
export const EXPORT_DESK = Symbol('EXPORT_DESK');

type Reply = { readonly header: (name: string, value: string) => unknown };
type Request = { caller?: Caller };

/** When it is worth asking again how far an export is, in seconds. */
const retryAfterSeconds = 2;

const acceptedOf = (asked: Asked): Export => {
  switch (asked.kind) {
    case 'accepted':
      return asked.export;
    case 'keyReused':
      throw keyReused();
    case 'tooMany':
      throw new Problem(
        'cannot-be-added',
        `${mostWaiting} exports of this key are not made yet, which is the most.`,
      );
    case 'full':
      throw new Problem('exports-full', 'The files of all exports take up what they may: delete some.');
  }
};

const sayWhenToAskAgain = (reply: Reply, state: string): void => {
  if (state === 'queued' || state === 'running') reply.header('Retry-After', String(retryAfterSeconds));
};

const placeOf = ({ createdAt: at, id }: Export): ExportPlace => ({ at, id });

async function* seenBy(caller: Caller, all: AsyncIterable<Export>): AsyncGenerator<Export> {
  for await (const one of all) if (maySee(caller, one)) yield one;
}

/** Lists that are made whole by and by, and kept as files for some days. */
@ApiTags('exports')
@Controller('v1/exports')
export class ExportsController {
  constructor(
    @Inject(EXPORT_DESK) private readonly desk: ExportDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Ask for a whole list as a file that is made by and by' })
  @Needs('analyst', limited)
  @HttpCode(202)
  @TakesKey()
  @ApiAcceptedResponse({ type: ExportView, description: 'It is made; `Location` says how far it is' })
  @ApiConflictResponse({ description: `${mostWaiting} exports of this key are not made yet` })
  @ApiResponse({ status: 507, description: 'The files of all exports take up what they may' })
  async add(@Body() body: ExportBody, @HowAsked() asking: Asking): Promise<ExportView> {
    const { caller, key, dryRun, reply } = asking;
    if (dryRun) throw invalidParameter('dryRun', 'an export cannot be tried: leave dryRun out');
    const { list, query = {}, format, bom = false } = body;
    const request = { list, query: textsIn(query), file: { format, bom }, key };
    const asked = acceptedOf(await askExport(request, caller, this.desk.parts));
    this.desk.wake();
    const view = exportView(asked, this.desk.parts.now());
    reply.header('Location', `/v1/exports/${asked.id}`);
    sayWhenToAskAgain(reply, view.state);
    return view;
  }

  @Get()
  @ApiOperation({ summary: 'The exports that this key asked for, the latest first; of an admin everybody’s' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: ExportListView })
  async list(@Query() { limit, cursor }: PageQuery, @Asker() caller: Caller): Promise<ExportListView> {
    const paging = this.cursors.of({ list: 'exports', filter: {}, placeIn: placeInTime });
    const { exports: exports_, now } = this.desk.parts;
    const all = seenBy(caller, exports_.list(paging.after(cursor).after));
    const { items, next } = await pageOf(all, limit, placeOf);
    const at = now();
    return { items: items.map((one) => exportView(one, at)), ...paging.next(next) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far an export is, and where its file is' })
  @Needs('analyst', limited)
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: ExportView, description: 'While it is made `Retry-After` says when to ask again' })
  @ApiNotFoundResponse({ description: 'There is none of this id, or it is not yours' })
  async one(
    @Param() { id }: ExportPath,
    @Asker() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ExportView> {
    const one = await this.#seen(id, caller);
    const view = exportView(one, this.desk.parts.now());
    sayWhenToAskAgain(reply, view.state);
    if (view.state !== 'ready') return view;
    const { token, until } = this.desk.links.make(one, caller.name);
    const href = `/v1/exports/${id}/file?link=${token}`;
    return { ...view, link: { href, expiresAt: until.toISOString() } };
  }

  @Get(':id/file')
  @ReadsPersons('export')
  @ApiOperation({ summary: 'The file of an export, by a key or by its link' })
  @Needs('analyst', { ...limited, ...orByLink })
  @Header('Cache-Control', 'no-store')
  @Header('Referrer-Policy', 'no-referrer')
  @ApiOkResponse({
    content: Object.fromEntries(
      Object.values(fileFormats).map(({ mediaType }) => [
        mediaType,
        { schema: { type: 'string', format: 'binary' } },
      ]),
    ),
    headers: {
      'X-Row-Count': { description: 'How many rows it has', schema: { type: 'integer' } },
      'Repr-Digest': { description: 'The SHA-256 of its bytes (RFC 9530)', schema: { type: 'string' } },
    },
  })
  @ApiNotFoundResponse({ description: 'There is none of this id, or it is not yours' })
  @ApiConflictResponse({ description: 'It is being made still, or failed' })
  @ApiGoneResponse({ description: 'Its file was removed' })
  async file(
    @Param() { id }: ExportPath,
    @Query() { link }: ExportFileQuery,
    @Req() request: Request,
  ): Promise<ListFile> {
    const ready = this.#readyOf(await this.#seenByKeyOrLink(id, link, request));
    const { list, file, standing } = ready;
    return new ListFile({
      name: `${list}-${standing.startedAt.toISOString().slice(0, 10)}.${file.format}`,
      contentType: fileFormats[file.format].contentType,
      body: Readable.from(bytesIn(this.desk.chunks, ready), { objectMode: false }),
      rows: () => standing.rows,
      isCounted: true,
      whole: standing,
    });
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take an export away with its file; one that is being made is broken off' })
  @Needs('analyst', limited)
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'There is nothing of it any more, and its links lead nowhere' })
  @ApiNotFoundResponse({ description: 'There is none of this id, or it is not yours' })
  async remove(@Param() { id }: ExportPath, @Asker() caller: Caller): Promise<void> {
    await this.#seen(id, caller);
    await removeExport(id, { exports: this.desk.parts.exports, chunks: this.desk.chunks });
  }

  async #seen(id: string, caller: Caller): Promise<Export> {
    const one = await this.desk.parts.exports.one(id);
    if (one === undefined || !maySee(caller, one))
      throw new NotFoundException('There is no export of this id that is yours.');
    return one;
  }

  /* The line of the request in the log says whose link it was. */
  async #seenByKeyOrLink(id: string, link: string | undefined, request: Request): Promise<Export> {
    if (request.caller !== undefined) return this.#seen(id, request.caller);
    const opened = link === undefined ? undefined : await this.desk.links.open(link, id);
    if (opened === undefined)
      throw new UnauthorizedException(
        'An API key is needed, or a link that holds: GET /v1/exports/{id} gives one for an hour.',
      );
    request.caller = { name: opened.by, role: 'analyst' };
    const one = await this.desk.parts.exports.one(id);
    if (one === undefined) throw new NotFoundException('The export was taken away.');
    return one;
  }

  #readyOf(one: Export): Ready {
    const state = stateOf(one, this.desk.parts.now());
    if (state === 'expired')
      throw new Problem('export-expired', `Its file was removed at ${one.expiresAt.toISOString()}.`);
    if (!isReady(one)) throw new Problem('export-not-ready', `The export is ${state}: there is no file.`);
    return one;
  }
}
