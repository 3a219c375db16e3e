import type { Phone } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import { eventProjections, logProjections } from '../projections/projections';

const places: readonly { readonly collection: string; readonly phoneField: '_id' | 'phone' }[] = [
  ...eventProjections,
  ...logProjections,
  { collection: 'completion_records', phoneField: 'phone' },
  { collection: 'broadcast_recipients', phoneField: 'phone' },
];

/** How many documents the tracker has of a phone, by collection. */
export const documentsOf = (
  connection: Connection,
  phone: Phone,
): Promise<readonly (readonly [collection: string, count: number])[]> =>
  Promise.all(
    places.map(async ({ collection, phoneField }) => {
      const count = await connection
        .collection<{ readonly _id: string }>(collection)
        .countDocuments({ [phoneField]: phone });
      return [collection, count] as const;
    }),
  );
