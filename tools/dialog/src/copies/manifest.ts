import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit';
import { wholeFile } from './whole-file';

const offset = z.string().regex(/^\d+$/);

/** A stretch of a partition in a file: its first and last offsets, and what the file must be. */
const segmentSchema = z.object({
  topic: z.string(),
  partition: z.int().min(0),
  file: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  first: offset,
  last: offset,
  records: z.int().min(1),
  bytes: z.int().min(1),
  sha256: z.string(),
});
export type Segment = z.infer<typeof segmentSchema>;

const manifestSchema = z.object({
  format: z.literal(1),
  clusterId: z.string(),
  /** When the copy was last brought up to date. */
  at: z.string(),
  /** How many partitions each topic has. */
  topics: z.record(z.string(), z.int().min(1)),
  /** In the order of each partition. */
  segments: z.array(segmentSchema),
});

/** What a folder of copies holds. Files that it does not name are of a run that did not end, and do not count. */
export type Manifest = z.infer<typeof manifestSchema>;

const name = 'manifest.json';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The manifest of a folder; undefined where there is none. Throws UsageError when it cannot be read. */
export const readManifest = async (folder: string): Promise<Manifest | undefined> => {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
  } catch (error) {
    if (isMissing(error)) return undefined;
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${join(folder, name)} is no manifest of a copy: ${why}`);
  }
};

/** Written beside it first and then renamed: the manifest is the old one or the new one, whenever the machine stops. */
export const writeManifest = async (folder: string, manifest: Manifest): Promise<void> => {
  const file = await wholeFile(join(folder, name));
  await file.append(Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`));
  await file.finish();
};

/** The stretches of one partition, in order. */
export const segmentsOf = (manifest: Manifest, topic: string, partition: number): readonly Segment[] =>
  manifest.segments.filter((each) => each.topic === topic && each.partition === partition);
