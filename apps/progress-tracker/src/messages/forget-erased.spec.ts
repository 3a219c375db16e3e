import type { Phone } from '@stopcovid/contracts';
import { erasuresIn, inMemoryErasures } from '../erasure/erasure';
import { batchOf, event, maria } from '../tracker.testkit';
import { forgetErased } from './forget-erased';
import { inMemoryMessageStore } from './in-memory-message-store';
import { logRecord, tell } from './messages.testkit';

const ground = async () => {
  const store = inMemoryMessageStore();
  const erasures = inMemoryErasures();
  await erasures.keep(erasuresIn([batchOf(3, [event('TraineeErased')], { phone: maria })]));
  const asked: Phone[] = [];
  const askedErasures = {
    of: (phones: readonly Phone[]) => {
      asked.push(...phones);
      return erasures.of(phones);
    },
  };
  const words = async () => (await store.messages({}, { limit: 5 })).items.map(({ content }) => content.body);
  return { store, asked, askedErasures, words };
};

describe('the words of who was erased', () => {
  it('are taken of what was written after the erasure, whoever said them', async () => {
    const { store, asked, askedErasures, words } = await ground();
    const records = [
      logRecord('SmsReceived', { phone: maria }),
      logRecord('SmsSent', { phone: maria, sid: 'SM1' }),
    ];
    await tell(store, records);
    await forgetErased(store, askedErasures, records);
    expect(asked).toEqual([maria]);
    expect(await words()).toEqual(['', '']);
  });

  it('come with no report of the carrier: nobody is asked for', async () => {
    const { store, asked, askedErasures } = await ground();
    await forgetErased(store, askedErasures, [logRecord('SmsStatusChanged', { phone: maria })]);
    expect(asked).toEqual([]);
  });
});
