import { accountSchema, type Account } from '@stopcovid/contracts';
import { modelOf, readStored, type Stored } from '@stopcovid/mongo';
import { Schema, mongo, type Connection } from 'mongoose';
import { z } from 'zod';
import type { RegistrationCode, RegistrationCodes } from './registration-codes';

type CodeDocument = {
  readonly _id: string;
  readonly demo: boolean;
  readonly account: Account;
  readonly createdAt: Date;
  readonly disabledAt?: Date;
};

const schema = new Schema<CodeDocument>(
  {
    _id: { type: String, required: true },
    demo: { type: Boolean, required: true },
    account: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    disabledAt: { type: Date },
  },
  { collection: 'registration_codes', versionKey: false, minimize: false },
);

/** Reads a stored code, also one of any earlier release. */
export const storedCodeSchema = z.object({
  _id: z.string(),
  demo: z.boolean(),
  account: accountSchema,
  createdAt: z.date(),
  disabledAt: z.date().exactOptional(),
});

const projection = { demo: 1, account: 1, createdAt: 1, disabledAt: 1 };
const read = (document: unknown): Stored<RegistrationCode> => {
  const stored = readStored(storedCodeSchema, document);
  if (stored.kind === 'unreadable') return stored;
  const { _id: code, ...rest } = stored.value;
  return { kind: 'readable', value: { code, ...rest } };
};

/** Registration codes in MongoDB, under their normal form. */
export const mongoRegistrationCodes = (connection: Connection): RegistrationCodes => {
  const model = modelOf(connection, 'RegistrationCode', schema);
  return {
    async find(code) {
      const found = await model.findById(code, projection).lean<CodeDocument | null>();
      return found === null ? undefined : read(found);
    },
    async add({ code, ...rest }) {
      try {
        await model.create({ _id: code, ...rest });
        return true;
      } catch (error) {
        if (error instanceof mongo.MongoServerError && error.code === 11_000) return false;
        throw error;
      }
    },
    async list() {
      const documents = await model.find({}, projection).sort({ _id: 1 }).lean<CodeDocument[]>();
      const found = documents.map((document) => ({ code: document._id, stored: read(document) }));
      return {
        codes: found.flatMap(({ stored }) => (stored.kind === 'readable' ? stored.value : [])),
        unreadable: found.flatMap(({ code, stored }) =>
          stored.kind === 'unreadable' ? { code, reason: stored.reason } : [],
        ),
      };
    },
    async disable(code, at) {
      const { matchedCount } = await model.updateOne(
        { _id: code, disabledAt: { $exists: false } },
        { disabledAt: at },
      );
      return matchedCount > 0 || (await model.exists({ _id: code })) !== null;
    },
  };
};
