import type { IncomingMessage } from 'node:http';
import { BadRequestException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/* Validation costs time for each value, wanted or not: no request of ours comes near these. */
const mostValues = 400;
const deepest = 16;

const isContainer = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Buffer.isBuffer(value);

/** Layer by layer, as a call for each depth would run out of stack. */
const tooMuchIn = (value: unknown): string | undefined => {
  let values = 0;
  let layer = [value].filter(isContainer);
  for (let depth = 0; layer.length > 0; depth += 1) {
    if (depth === deepest) return `is deeper than ${deepest}`;
    const inside = layer.flatMap((container): unknown[] => Object.values(container));
    values += inside.length;
    if (values > mostValues) return `holds more than ${mostValues} values`;
    layer = inside.filter(isContainer);
  }
  return undefined;
};

/* The parser calls for every chunk, however small: whoever means well sends by the kilobyte. */
const fewChunks = 64;
const leastBytesPerChunk = 16;

/** Bodies that are read whole, so that nobody misses what was counted; others may be read later, as a stream. */
const readWhole = /^application\/(?:json|x-www-form-urlencoded)\b/i;

const comesInChunks = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined && readWhole.test(headers['content-type'] ?? '');

/** Hangs up on a body that comes in crumbs: an answer would cost more than the request. */
const refuseCrumbs = (request: IncomingMessage): void => {
  let [chunks, bytes] = [0, 0];
  request.on('data', (chunk: Buffer) => {
    chunks += 1;
    bytes += chunk.length;
    if (chunks > fewChunks && bytes < chunks * leastBytesPerChunk) request.destroy();
  });
};

/**
 * Hangs up on bodies that come in crumbs. Refuses with 400 what is small in bytes and large in values, before anything
 * looks at each of them. A request without a body has an empty one: validation lets nothing pass as it is, and handlers
 * take fields of it.
 */
export const limitRequests = (app: NestFastifyApplication): void => {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preParsing', (...[request, , , done]) => {
    if (comesInChunks(request.raw)) refuseCrumbs(request.raw);
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {};
    for (const part of ['body', 'query'] as const) {
      const tooMuch = tooMuchIn(request[part]);
      if (tooMuch !== undefined) return done(new BadRequestException(`The ${part} ${tooMuch}`));
    }
    done();
  });
};
