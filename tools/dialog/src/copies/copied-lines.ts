import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../exit';
import type { Segment } from './manifest';

const lineEnd = 0x0a;

/**
 * The lines of a file without their ends. Split at line feeds alone: what people write may hold other characters that
 * some take for an end of line.
 */
async function* linesOfFile(path: string, onBytes: (chunk: Buffer) => void): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    onBytes(chunk);
    let from = 0;
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString('utf8');
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun).toString('utf8');
}

/** The lines of a partition, file after file. */
export async function* linesIn(folder: string, segments: readonly Segment[]): AsyncGenerator<string> {
  for (const { file } of segments) yield* linesOfFile(join(folder, file), () => undefined);
}

/** Throws UsageError where a file is not what the manifest says: cut short, changed, or gone. */
export const verifySegment = async (folder: string, segment: Segment): Promise<void> => {
  const hash = createHash('sha256');
  let records = 0;
  let bytes = 0;
  try {
    const lines = linesOfFile(join(folder, segment.file), (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
    });
    for await (const line of lines) if (line !== '') records += 1;
  } catch (error) {
    throw new UsageError(
      `${segment.file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (records !== segment.records || bytes !== segment.bytes || hash.digest('hex') !== segment.sha256)
    throw new UsageError(
      `${segment.file} is not what the manifest says: ${records} records in ${bytes} bytes instead of ` +
        `${segment.records} in ${segment.bytes}, or others; nothing was imported`,
    );
};
