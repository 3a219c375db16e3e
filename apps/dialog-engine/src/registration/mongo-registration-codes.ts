import { accountSchema, type Account } from '@stopcovid/contracts';
import { modelOf } from '@stopcovid/mongo';
import { Schema, mongo, type Connection } from 'mongoose';
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

const projection = { demo: 1, account: 1, createdAt: 1, disabledAt: 1 };
const read = ({ _id, account, ...rest }: CodeDocument): RegistrationCode => ({
  code: _id,
  account: accountSchema.parse(account),
  ...rest,
});

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
      return documents.map(read);
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
