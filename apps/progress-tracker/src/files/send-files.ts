import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import {
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Logger } from '@stopcovid/runtime';
import { map, type Observable } from 'rxjs';
import { ListFile } from './list-file';

type Reply = {
  readonly header: (name: string, value: string) => Reply;
  readonly raw: Pick<ServerResponse, 'addTrailers'>;
};

const countName = 'x-row-count';

/* RFC 9530. */
const digestOf = (sha256: string): string => `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;

/* Fastify's own trailers come after the end of a stream, which is too late. A trailer needs chunks. */
const countBehind = (body: Readable, reply: Reply, rows: () => number): void => {
  reply.header('transfer-encoding', 'chunked').header('trailer', countName);
  body.once('end', () => reply.raw.addTrailers({ [countName]: String(rows()) }));
};

/**
 * Sends lists as files, with the number of their rows: before them where it is known, behind them where it is not. A file
 * that breaks off destroys its connection, which Fastify does, and is in the log.
 */
export class SendFiles implements NestInterceptor {
  constructor(private readonly logger: Pick<Logger, 'error'>) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<Reply>();
    return next
      .handle()
      .pipe(map((body: unknown) => (body instanceof ListFile ? this.#sent(body, reply) : body)));
  }

  #sent({ parts }: ListFile, reply: Reply): StreamableFile {
    const { name, contentType: type, body, whole, ...count } = parts;
    if (whole) reply.header('repr-digest', digestOf(whole.sha256));
    if (count.isCounted) reply.header(countName, String(count.rows()));
    else countBehind(body, reply, count.rows);
    body.once('error', (err) => this.logger.error({ err, file: name }, 'a file broke off'));
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(body, { type, disposition, ...(whole && { length: whole.bytes }) });
  }
}
