import type { Phone } from '@stopcovid/contracts';
import { ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import type { Waiting, WaitingPhones } from './waiting';
import { readWaiting, type WaitingDocument } from './waiting-document';

const schemaOf = (collection: string): Schema<WaitingDocument> =>
  new Schema<WaitingDocument>({ _id: String, partition: Number }, { collection, versionKey: false }).index({
    partition: 1,
    _id: 1,
  });

const toDocument = ({ phone, ...waiting }: Waiting): WaitingDocument => ({ _id: phone, ...waiting });

/** Told once of each document that cannot be read, by its id, until it is written anew. The reason names fields. */
export type OnSpoilt = (id: string, reason: string) => void;

/** Reads documents; one that cannot be read stops nobody but its own phone, and is told once. */
class Reader {
  readonly #told = new Set<string>();

  constructor(private readonly onSpoilt: OnSpoilt) {}

  read(
    documents: readonly WaitingDocument[],
    asked: { readonly partition?: number } = {},
  ): readonly Waiting[] {
    return documents.flatMap((document) => {
      const read = readWaiting(document, asked);
      if (read.kind === 'readable') this.forget([document._id]);
      else this.#tell(String(document._id), read.reason);
      return read.kind === 'unreadable' ? [] : [read.waiting];
    });
  }

  forget(ids: readonly string[]): void {
    for (const id of ids) this.#told.delete(id);
  }

  #tell(id: string, reason: string): void {
    if (this.#told.has(id)) return;
    this.#told.add(id);
    this.onSpoilt(id, reason);
  }
}

/** Those of a partition. Where a document does not say of which it is, that may be any. */
const onPartition = (partition: number) => ({
  $or: [{ partition }, { partition: { $not: { $gte: 0 } } }],
});

/** The record in MongoDB, a document per phone. Each reader of a topic has a collection of its own. */
export const mongoWaitingPhones = async (
  connection: Connection,
  collection: string,
  onSpoilt: OnSpoilt,
): Promise<WaitingPhones> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const phones = connection.collection<WaitingDocument>(collection);
  const reader = new Reader(onSpoilt);
  return {
    of: async (partition) =>
      reader.read(await phones.find(onPartition(partition)).sort({ _id: 1 }).toArray(), { partition }),
    find: async (wanted) => {
      if (wanted.length === 0) return new Map();
      const found = reader.read(await phones.find({ _id: { $in: [...wanted] } }).toArray());
      return new Map(found.map((waiting) => [waiting.phone, waiting]));
    },
    keep: async (waiting) => {
      if (waiting.length === 0) return;
      const documents = waiting.map(toDocument);
      await phones.bulkWrite(
        documents.map((replacement) => ({
          replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true },
        })),
        { ordered: false },
      );
      reader.forget(waiting.map(({ phone }) => phone));
    },
    forget: async (gone: readonly Phone[]) => {
      if (gone.length === 0) return;
      await phones.deleteMany({ _id: { $in: [...gone] } });
      reader.forget(gone);
    },
  };
};
