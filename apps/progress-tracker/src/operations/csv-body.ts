import { PayloadTooLargeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A body of text/csv, still on its way. What looks at the values of a body sees none. */
export class CsvBody {
  readonly #stream: AsyncIterable<Buffer>;

  constructor(stream: AsyncIterable<Buffer>) {
    this.#stream = stream;
  }

  /** Its bytes, once. Throws 413 behind so many. */
  async *bytes(atMost: number): AsyncGenerator<Buffer> {
    let read = 0;
    for await (const chunk of this.#stream) {
      read += chunk.length;
      if (read > atMost) throw new PayloadTooLargeException(`A file may have ${atMost} bytes at the most`);
      yield chunk;
    }
  }
}

/** Lets bodies of text/csv through as they come, however long: whoever reads them says how much is too much. */
export const takeCsv = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser('text/csv', (_request, payload, done) => {
      done(null, new CsvBody(payload as AsyncIterable<Buffer>));
    });
};
