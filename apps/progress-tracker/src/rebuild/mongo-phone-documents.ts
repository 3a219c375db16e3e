import { phoneSchema, type Phone } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import type { PhoneDocuments, StoredDocument } from './judge-phone';
import type { Projection } from '../projections/projection';
import { standing } from '../projections/projections';
import type { PhonePage } from './rebuild-store';

/** Where the documents of a projection are. */
export type Place = { readonly projection: Projection; readonly name: string };

/** How many documents are looked at in one go: all that is held in memory at once belongs to so many phones. */
export const pageSize = 200;

/* The standing first: whatever is written after it was read belongs to a later version, and shows as such. */
const readingOrder = (places: readonly Place[]): readonly Place[] => [
  ...places.filter(({ projection }) => projection === standing),
  ...places.filter(({ projection }) => projection !== standing),
];

/** The documents of some phones, raw. A phone without documents has an empty entry. */
export const loadDocuments = async (
  connection: Connection,
  places: readonly Place[],
  phones: readonly Phone[],
): Promise<ReadonlyMap<Phone, PhoneDocuments>> => {
  const found = new Map(phones.map((phone) => [phone, new Map<string, StoredDocument[]>()]));
  for (const { projection, name } of readingOrder(places)) {
    const documents = await connection
      .collection<StoredDocument>(name)
      .find({ [projection.phoneField]: { $in: [...phones] } })
      .toArray();
    for (const document of documents) {
      const own = found.get(document[projection.phoneField] as Phone);
      own?.set(projection.collection, [...(own.get(projection.collection) ?? []), document]);
    }
  }
  return found;
};

/** The phones of one page of a collection. What is no phone is nobody's, and is left out. */
export const phonesIn = async (
  connection: Connection,
  { projection, name }: Place,
  after: string | undefined,
): Promise<PhonePage> => {
  const documents = await connection
    .collection<StoredDocument>(name)
    .find(after === undefined ? {} : { _id: { $gt: after } }, { projection: { [projection.phoneField]: 1 } })
    .sort({ _id: 1 })
    .limit(pageSize)
    .toArray();
  const phones = documents.flatMap((document) => {
    const phone = phoneSchema.safeParse(document[projection.phoneField]);
    return phone.success ? [phone.data] : [];
  });
  const last = documents.length < pageSize ? undefined : documents.at(-1)?._id;
  return { phones: [...new Set(phones)], ...(last === undefined ? {} : { next: last }) };
};

/** The live collection of each projection. */
export const livePlaces = (projections: readonly Projection[]): readonly Place[] =>
  projections.map((projection) => ({ projection, name: projection.collection }));
