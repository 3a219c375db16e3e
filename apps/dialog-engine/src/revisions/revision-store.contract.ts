import { drillHashSchema, type DrillRevision } from '@stopcovid/contracts';
import { handsCatalogue } from '../engine.testkit';
import type { RevisionStore } from './revision-store';

const unknown = drillHashSchema.parse('0'.repeat(64));
const hands = (): DrillRevision => {
  const [revision] = handsCatalogue().revisions.values();
  if (revision === undefined) throw new Error('the catalogue is empty');
  return revision;
};

/** What any store of drill revisions must do. */
export const revisionStoreContract = (open: () => Promise<RevisionStore> | RevisionStore): void => {
  describe('a revision store', () => {
    it('gives back what was saved, and nothing for a hash that it does not know', async () => {
      const store = await open();
      await store.save([hands()]);
      expect(await store.load([hands().hash, unknown])).toEqual(
        new Map([[hands().hash, { kind: 'readable', value: hands() }]]),
      );
    });

    it('keeps a revision as it was first saved', async () => {
      const store = await open();
      const forged = { ...hands(), content: { ...hands().content, autoContinue: true } };
      await store.save([hands()]);
      await store.save([forged]);
      expect((await store.load([hands().hash])).get(hands().hash)).toEqual({
        kind: 'readable',
        value: hands(),
      });
    });

    it('takes no revisions for nothing to do', async () => {
      const store = await open();
      await store.save([]);
      expect(await store.load([unknown])).toEqual(new Map());
    });
  });
};
