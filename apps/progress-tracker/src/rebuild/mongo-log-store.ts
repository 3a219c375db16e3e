import type { Phone } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import type { LogShadow, LogStore } from './log-store';
import { livePlaces, loadDocuments, pageSize, phonesIn } from './mongo-phone-documents';
import { beginShadow, phonesCollection, shadowName, type ShadowWork } from './mongo-rebuild-store';
import { replaceDocuments } from './mongo-replace';
import { logProjections } from '../projections/projections';

type PhoneDocument = { readonly _id: Phone };

const openShadow = async (connection: Connection, work: ShadowWork): Promise<LogShadow> => {
  const places = logProjections.map((projection) => ({
    projection,
    name: shadowName(projection.collection, work.id),
  }));
  const folds = await Promise.all(
    places.map(({ projection, name }) => projection.openFold(connection, name)),
  );
  const phones = connection.collection<PhoneDocument>(shadowName(phonesCollection, work.id));
  return {
    ...work,
    documents: (wanted) => loadDocuments(connection, places, wanted),
    fold: async (records) => {
      if (records.length === 0) return;
      for (const fold of folds) await fold(records);
      const names = [...new Set(records.map(({ phone }) => phone))];
      await phones.bulkWrite(
        names.map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { _id } }, upsert: true } })),
        { ordered: false },
      );
    },
    phones: async (after) => {
      const found = await phones
        .find(after === undefined ? {} : { _id: { $gt: after as Phone } })
        .sort({ _id: 1 })
        .limit(pageSize)
        .toArray();
      const last = found.length < pageSize ? undefined : found.at(-1)?._id;
      return { phones: found.map(({ _id }) => _id), ...(last === undefined ? {} : { next: last }) };
    },
    count: () => phones.countDocuments({}),
    known: async (wanted) => {
      const found = await phones.find({ _id: { $in: [...wanted] } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
  };
};

/** Shadows of the message log in the database of the live projections. */
export const mongoLogStore = (connection: Connection, now: () => number = Date.now): LogStore => {
  const live = livePlaces(logProjections);
  return {
    live: {
      documents: (phones) => loadDocuments(connection, live, phones),
      phones: async (collection, after) => {
        const place = live.find(({ name }) => name === collection);
        return place === undefined ? { phones: [] } : phonesIn(connection, place, after);
      },
      replace: (replacements) => replaceDocuments(connection, logProjections, replacements),
    },
    openShadow: async () => {
      const { work, removed } = await beginShadow(connection, now);
      return { shadow: await openShadow(connection, work), removed };
    },
  };
};
