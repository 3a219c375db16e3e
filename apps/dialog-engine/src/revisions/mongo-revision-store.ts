import {
  drillContentSchema,
  drillHashSchema,
  languageSchema,
  type DrillHash,
  type DrillRevision,
} from '@stopcovid/contracts';
import { asWritten, otherWordsOf, withFound } from '@stopcovid/drills';
import { modelOf, readStored, type Stored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import type { RevisionStore } from './revision-store';

type RevisionDocument = { readonly _id: string; readonly content: string; readonly otherWords?: string };

/** The content is kept as JSON: what was hashed is what is read, whatever BSON makes of key order or numbers. */
const schema = new Schema<RevisionDocument>(
  { _id: { type: String, required: true }, content: { type: String, required: true }, otherWords: String },
  { collection: 'drill_revisions', versionKey: false },
);

const parsedJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'it is no JSON' });
    return z.NEVER;
  }
});

const foundSchema = z.record(z.string(), z.record(languageSchema, z.array(z.string())));

/** Reads a stored revision, also one of any earlier release. */
export const storedRevisionSchema = z.object({
  _id: drillHashSchema,
  content: parsedJson.pipe(drillContentSchema),
  /** What the drill's reader found, beside the content: an earlier release reads that without it. */
  otherWords: parsedJson.pipe(foundSchema).exactOptional(),
});

const read = (document: unknown): Stored<DrillRevision> => {
  const stored = readStored(storedRevisionSchema, document);
  if (stored.kind === 'unreadable') return stored;
  const { _id: hash, content, otherWords = {} } = stored.value;
  return { kind: 'readable', value: { hash, content: withFound(content, otherWords) } };
};

/** Revisions in MongoDB, under their hash. */
export const mongoRevisionStore = (connection: Connection): RevisionStore => {
  const model = modelOf(connection, 'DrillRevision', schema);
  return {
    async load(hashes) {
      const documents = await model
        .find({ _id: { $in: hashes } }, { content: 1, otherWords: 1 })
        .lean<(RevisionDocument & { readonly _id: DrillHash })[]>();
      return new Map(documents.map((document) => [document._id, read(document)]));
    },
    async save(revisions) {
      if (revisions.length === 0) return;
      await model.bulkWrite(
        revisions.map(({ hash, content }) => ({
          updateOne: {
            filter: { _id: hash },
            update: {
              $setOnInsert: { content: JSON.stringify(asWritten(content)) },
              $set: { otherWords: JSON.stringify(otherWordsOf(content)) },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
  };
};
