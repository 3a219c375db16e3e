import { drillContentSchema, type DrillHash, type DrillRevision } from '@stopcovid/contracts';
import { modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import type { RevisionStore } from './revision-store';

type RevisionDocument = { readonly _id: string; readonly content: string };

/** The content is kept as JSON: what was hashed is what is read, whatever BSON makes of key order or numbers. */
const schema = new Schema<RevisionDocument>(
  { _id: { type: String, required: true }, content: { type: String, required: true } },
  { collection: 'drill_revisions', versionKey: false },
);

const read = ({ _id, content }: RevisionDocument & { readonly _id: DrillHash }): DrillRevision => ({
  hash: _id,
  content: drillContentSchema.parse(JSON.parse(content)),
});

/** Revisions in MongoDB, under their hash. */
export const mongoRevisionStore = (connection: Connection): RevisionStore => {
  const model = modelOf(connection, 'DrillRevision', schema);
  return {
    async load(hashes) {
      const documents = await model
        .find({ _id: { $in: hashes } }, { content: 1 })
        .lean<(RevisionDocument & { readonly _id: DrillHash })[]>();
      return new Map(documents.map((document) => [document._id, read(document)]));
    },
    async save(revisions) {
      if (revisions.length === 0) return;
      await model.bulkWrite(
        revisions.map(({ hash, content }) => ({
          updateOne: {
            filter: { _id: hash },
            update: { $setOnInsert: { content: JSON.stringify(content) } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
  };
};
