import { phoneSchema, type Phone } from '@stopcovid/contracts';
import {
  heldCommandSchema,
  mongoDialogStore,
  whyWaits,
  type HeldCommand,
  type StoredDialog,
} from '@stopcovid/dialog-engine';
import { readStored, type Stored } from '@stopcovid/mongo';
import type { MongoConnection } from './mongo';

type Document = { readonly _id: string; readonly [field: string]: unknown };

/** A command that waits, as an operator finds it: readable or not. */
export type HeldRow = {
  readonly id: string;
  readonly phone: Phone;
  readonly commandId: string;
  /** Since when it waits. */
  readonly heldAt: Date | undefined;
  readonly stored: Stored<HeldCommand>;
  /** The row as it stands. */
  readonly document: Document;
};

/** All that waits for one phone, in the order in which it was read; what cannot be read comes first. */
export type HeldPhone = { readonly phone: Phone; readonly reason: string; readonly rows: readonly HeldRow[] };

/** The commands in `held_commands`, as an operator's hand reaches them. */
export interface HeldRows {
  /** Of this phone, or of all. What stands under a mark that is gone has been decided, and is left out. */
  waiting(phone?: Phone): Promise<readonly HeldPhone[]>;
  /** False when it is gone already. */
  remove(row: HeldRow): Promise<boolean>;
}

const rowOf = (document: Document): readonly HeldRow[] => {
  const phone = phoneSchema.safeParse(document['phone']);
  if (!phone.success) return [];
  const { _id: id, heldAt, hold } = document;
  return [
    {
      id,
      phone: phone.data,
      commandId: id.slice(`${String(hold)} `.length),
      heldAt: heldAt instanceof Date ? heldAt : undefined,
      stored: readStored(heldCommandSchema, document),
      document,
    },
  ];
};

const placeOf = ({ stored }: HeldRow): bigint =>
  stored.kind === 'readable' ? BigInt(stored.value.offset) : -1n;

const byPlace = (a: HeldRow, b: HeldRow): number => (placeOf(a) < placeOf(b) ? -1 : 1);

/** Those under the phone's own mark; all of them where its document cannot be read. */
const standing = (rows: readonly HeldRow[], stored: StoredDialog | undefined): readonly HeldRow[] =>
  stored?.kind === 'unreadable'
    ? rows
    : rows.filter(({ document }) => document['hold'] === (stored?.dialog.hold ?? undefined));

const reasonOf = (rows: readonly HeldRow[], stored: StoredDialog | undefined): string => {
  const bad = rows.find((row) => row.stored.kind === 'unreadable');
  if (bad?.stored.kind === 'unreadable') return `held command: ${bad.stored.reason}`;
  const first = rows[0]?.stored;
  return (first?.kind === 'readable' && whyWaits({ ...first.value, first: first.value }, stored)) || 'ready';
};

/** Held commands in MongoDB. */
export const mongoHeldRows = (mongo: MongoConnection): HeldRows => {
  const collection = mongo.collection<Document>('held_commands');
  const dialogs = mongoDialogStore(mongo);
  return {
    waiting: async (phone) => {
      const documents = await collection.find(phone === undefined ? {} : { phone }).toArray();
      const rows = documents.flatMap(rowOf).sort(byPlace);
      const phones = [...new Set(rows.map((row) => row.phone))];
      const stored = await dialogs.load(phones);
      return phones.flatMap((each) => {
        const own = standing(
          rows.filter((row) => row.phone === each),
          stored.get(each),
        );
        return own.length === 0 ? [] : [{ phone: each, reason: reasonOf(own, stored.get(each)), rows: own }];
      });
    },
    remove: async ({ id }) => (await collection.deleteOne({ _id: id })).deletedCount === 1,
  };
};
