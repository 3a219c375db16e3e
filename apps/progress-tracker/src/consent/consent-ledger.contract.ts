import { phoneSchema } from '@stopcovid/contracts';
import { batchOf, event, maria } from '../tracker.testkit';
import { consentChangesIn } from './consent-change';
import type { ConsentLedger } from './consent-ledger';

const sokha = phoneSchema.parse('+12025550180');
const out = batchOf(2, [
  event('MenuRequested'),
  event('TraineeOptedOut', { source: 'text', word: 'STOP', language: 'es', messageId: 'SM2' }),
]);
const back = batchOf(10, [event('TraineeOptedIn', { source: 'text', word: 'START' })]);

/** What every ledger of consent must do. */
export const consentLedgerContract = (open: () => Promise<ConsentLedger>): void => {
  it('tells every change of a phone in the order in which it happened, whenever it was read, each once', async () => {
    const ledger = await open();
    await ledger.keep(consentChangesIn(back));
    await ledger.keep([...consentChangesIn(out), ...consentChangesIn(back)]);
    await ledger.keep(consentChangesIn({ ...out, phone: sokha }));
    await expect(ledger.of(maria)).resolves.toEqual([
      {
        phone: maria,
        sequence: 2,
        index: 1,
        at: new Date('2026-03-02T10:00:00.000Z'),
        consent: 'out',
        source: 'text',
        word: 'STOP',
        language: 'es',
        messageId: 'SM2',
        commandId: 'command-2',
      },
      expect.objectContaining({ sequence: 10, consent: 'in', word: 'START' }),
    ]);
  });

  it('never changes what it has', async () => {
    const ledger = await open();
    await ledger.keep(consentChangesIn(out));
    await ledger.keep(consentChangesIn({ ...out, at: back.at }));
    await expect(ledger.of(maria)).resolves.toMatchObject([{ at: new Date(out.at) }]);
    await expect(ledger.of(sokha)).resolves.toEqual([]);
  });
};
