import { ensureIndexes, modelOf, readStored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { fileFormats, type FileFormatName } from '../files/file-formats';
import { given } from '../given';
import { readDocument } from '../progress/read-document';
import { isReady, type Export, type Standing } from './export';
import { few, type ExportPlace, type Exports } from './exports';
import { listNames } from './list-query';

const collection = 'exports';

const extent = { rows: z.int(), bytes: z.int() };

const standingSchema: z.ZodType<Standing> = z.discriminatedUnion('state', [
  z.object({ state: z.literal('queued'), attempts: z.int(), dueAt: z.date() }),
  z.object({
    state: z.literal('running'),
    attempts: z.int(),
    dueAt: z.date(),
    claim: z.string(),
    startedAt: z.date(),
    ...extent,
  }),
  z.object({
    state: z.literal('ready'),
    claim: z.string(),
    startedAt: z.date(),
    endedAt: z.date(),
    chunks: z.int(),
    sha256: z.string(),
    told: z.boolean(),
    ...extent,
  }),
  z.object({ state: z.literal('failed'), endedAt: z.date(), because: z.enum(['no-room', 'broke-off']) }),
  z.object({ state: z.literal('expired') }),
]);

/* A document says null where the domain leaves employers out: one without its limit, by a slip, is unreadable. */
const documentSchema = z.object({
  _id: z.string(),
  list: z.enum(listNames),
  query: z.record(z.string(), z.string()),
  file: z.object({
    format: z.enum(Object.keys(fileFormats) as [FileFormatName, ...FileFormatName[]]),
    bom: z.boolean(),
  }),
  by: z.string(),
  employers: z.array(z.string()).min(1).nullable(),
  fingerprint: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  version: z.int(),
  standing: standingSchema,
});
type ExportDocument = z.infer<typeof documentSchema> & {
  /** When it is forgotten. */
  readonly forgottenAt: Date;
};

/** How long it is on record that there was one, after its file is gone. */
const rememberedMs = 30 * 24 * 60 * 60 * 1_000;

/** An export, as stored. */
export const storedExportSchema: z.ZodType<Export> = documentSchema.transform(
  ({ _id: id, employers, ...export_ }) => ({
    id,
    ...export_,
    ...given({ employers: employers ?? undefined }),
  }),
);

const kept = { queued: true, running: true, ready: true, failed: true } satisfies Record<
  Exclude<Standing['state'], 'expired'>,
  true
>;
/* Named one by one: an index leads to single values, not past one. */
const keptStates = Object.keys(kept) as readonly (keyof typeof kept)[];

const fieldsOf = ({ id: _id, employers, ...export_ }: Export): Omit<ExportDocument, '_id'> => ({
  ...export_,
  employers: employers === undefined ? null : [...employers],
  forgottenAt: new Date(export_.expiresAt.getTime() + rememberedMs),
});

const schemaOf = (): Schema<ExportDocument> =>
  new Schema<ExportDocument>(
    { _id: String, createdAt: Date, expiresAt: Date, forgottenAt: Date, standing: Schema.Types.Mixed },
    { collection, versionKey: false },
  )
    .index({ createdAt: -1, _id: -1 })
    .index({ 'standing.dueAt': 1 })
    .index({ 'standing.state': 1, expiresAt: 1 })
    .index({ forgottenAt: 1 }, { expireAfterSeconds: 0 });

const read = (document: unknown): Export => readDocument(storedExportSchema, collection, document);

/* One of a later release, or of a slip, must not stop the others. */
const readable = (documents: readonly unknown[]): readonly Export[] =>
  documents.flatMap((document) => {
    const stored = readStored(storedExportSchema, document);
    return stored.kind === 'readable' ? [stored.value] : [];
  });

const behind = (after: ExportPlace | undefined): object =>
  after === undefined
    ? {}
    : { $or: [{ createdAt: { $lt: after.at } }, { createdAt: { $eq: after.at }, _id: { $lt: after.id } }] };

/** The exports in MongoDB, a document each. Resolves when their indexes are there. */
export const mongoExports = async (connection: Connection): Promise<Exports> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf())]);
  const exports_ = connection.collection<ExportDocument>('exports');
  const some = async (query: object): Promise<readonly Export[]> =>
    readable(await exports_.find(query).limit(few).toArray());
  return {
    add: async ({ id, ...export_ }) => {
      const { upsertedCount } = await exports_.updateOne(
        { _id: { $eq: id } },
        { $setOnInsert: fieldsOf({ id, ...export_ }) },
        { upsert: true },
      );
      return upsertedCount === 1;
    },
    one: async (id) => {
      const found = await exports_.findOne({ _id: { $eq: id } });
      return found === null ? undefined : read(found);
    },
    async *list(after) {
      const found = exports_.find(behind(after)).sort({ createdAt: -1, _id: -1 });
      for await (const document of found) yield read(document);
    },
    due: async (now) => {
      const found = exports_.find({ 'standing.dueAt': { $lte: now } }).sort({ 'standing.dueAt': 1 });
      for await (const document of found) {
        const [export_] = readable([document]);
        if (export_ !== undefined) return export_;
      }
      return undefined;
    },
    save: async ({ id, version }, next) => {
      const changed = { standing: next.standing, version: version + 1 };
      const { matchedCount } = await exports_.updateOne({ _id: { $eq: id }, version }, { $set: changed });
      return matchedCount === 1 ? { ...next, version: version + 1 } : undefined;
    },
    remove: async (id) => (await exports_.deleteOne({ _id: { $eq: id } })).deletedCount === 1,
    untold: async () => (await some({ 'standing.state': 'ready', 'standing.told': false })).filter(isReady),
    expired: (now) => some({ 'standing.state': { $in: [...keptStates] }, expiresAt: { $lte: now } }),
    bytes: async () => {
      const sums = exports_.aggregate<{ bytes: number }>([
        { $match: { 'standing.bytes': { $gt: 0 } } },
        { $group: { _id: null, bytes: { $sum: '$standing.bytes' } } },
      ]);
      return (await sums.toArray())[0]?.bytes ?? 0;
    },
  };
};
