import type { LogProjection } from '../projections/projection';
import { ShadowDisturbed } from '../rebuild/shadow-disturbed';
import { mongoErasures } from '../erasure/mongo-erasures';
import { forgetErased } from './forget-erased';
import { foldRecords, idsIn } from './fold-records';
import { mongoMessageStore } from './mongo-message-store';
import { storedMessageSchema } from './mongo-messages';

/** Every text, as its records in the message log tell of it. */
export const messagesProjection: LogProjection = {
  collection: 'messages',
  phoneField: 'phone',
  schema: storedMessageSchema,
  notContent: new Set(['version']),
  samples: { folder: 'messages/stored', name: 'message' },
  openFold: async (connection, collection) => {
    const store = await mongoMessageStore(connection, collection);
    const erasures = await mongoErasures(connection);
    return async (records) => {
      const { messageIds, sids } = idsIn(records);
      const { messages } = await store.load(messageIds, sids);
      if (!(await store.save(foldRecords(messages, records))))
        throw new ShadowDisturbed('somebody else writes to the shadow of this rebuild');
      await forgetErased(store, erasures, records);
    };
  },
};
