import {
  commandIdSchema,
  drillHashSchema,
  drillSlugSchema,
  promptSlugSchema,
  runIdSchema,
  type CommandId,
} from '@stopcovid/contracts';
import { initialState, type DialogState } from '@stopcovid/dialog-core';
import { ann, bob } from '../engine.testkit';
import type { Dialog, DialogStore, StoredDialog } from './dialog-store';

const asked: DialogState = {
  ...initialState(),
  trainee: {
    ...initialState().trainee,
    account: { employerName: 'Hôtel d’Aurore 🧼', labels: ['night', 'floor 2'] },
    profile: {
      ...initialState().trainee.profile,
      name: 'សុខា',
      answers: { age: 41, vaccinated: true, note: '' },
    },
  },
  conversation: {
    status: 'AwaitingReply',
    run: {
      runId: runIdSchema.parse('run-1'),
      drill: drillSlugSchema.parse('hands'),
      revision: drillHashSchema.parse('a'.repeat(64)),
      right: 0,
      graded: 1,
    },
    prompt: promptSlugSchema.parse('how-long'),
    failures: 1,
    reminded: false,
  },
};

const dialogAt = (phone: typeof ann, version: number): Dialog => ({
  phone,
  version,
  state: asked,
  outbox: [
    {
      commandId: commandIdSchema.parse(`command ${version}`),
      batch: `{"version":${version},"text":"\\ud83e \u0000 ‮"}`,
      partition: 3,
      offset: '9007199254740993',
    },
  ],
  recentCommandIds: [commandIdSchema.parse('an older one')],
});

const idsTo = (count: number): readonly CommandId[] =>
  Array.from({ length: count }, (_, index) => commandIdSchema.parse(`command ${index}`));

/** What a decision may change, alone and together. */
const changes: readonly ((read: Dialog) => Partial<Dialog>)[] = [
  ({ state }) => ({ state: { ...state, conversation: { status: 'Idle' } } }),
  ({ state }) => ({ state: { ...state, trainee: { ...state.trainee, optedOut: true } } }),
  ({ state }) => ({ state: { ...state, optOutQuestioned: true, optOutAnswered: true } }),
  ({ state: { stateVersion, trainee, conversation } }) => ({
    state: { stateVersion, trainee, conversation },
    outbox: [],
  }),
  () => ({}),
  ({ recentCommandIds }) => ({ recentCommandIds: [...recentCommandIds, ...idsTo(3)], state: asked }),
  ({ recentCommandIds }) => ({ recentCommandIds: [...recentCommandIds, ...idsTo(9)].slice(-4) }),
  () => ({ recentCommandIds: idsTo(64) }),
  () => ({ recentCommandIds: [...idsTo(65)].slice(1) }),
  () => ({ recentCommandIds: idsTo(2), outbox: dialogAt(ann, 7).outbox }),
  () => ({ recentCommandIds: [] }),
  () => ({ recentCommandIds: idsTo(1) }),
];

const readable = (stored: StoredDialog | undefined): Dialog => {
  if (stored?.kind !== 'readable') throw new Error('there is no dialog that can be read');
  return stored.dialog;
};

/** What any store of dialogs must do. */
export const dialogStoreContract = (open: () => Promise<DialogStore> | DialogStore): void => {
  describe('a dialog store', () => {
    it('gives back what was committed, to the byte, and nothing for a phone that it does not know', async () => {
      const store = await open();
      await store.commit([{ expected: 0, dialog: dialogAt(ann, 1) }]);
      const loaded = await store.load([ann, bob]);
      expect([...loaded]).toEqual([[ann, { kind: 'readable', dialog: dialogAt(ann, 1) }]]);
    });

    it('replaces a dialog that still has the expected version', async () => {
      const store = await open();
      await store.commit([{ expected: 0, dialog: dialogAt(ann, 1) }]);
      expect(await store.commit([{ expected: 1, dialog: dialogAt(ann, 4) }])).toEqual(new Set());
      expect((await store.load([ann])).get(ann)).toEqual({ kind: 'readable', dialog: dialogAt(ann, 4) });
    });

    it('names the phones that somebody else wrote first, leaves them, and writes the others', async () => {
      const store = await open();
      await store.commit([{ expected: 0, dialog: dialogAt(ann, 2) }]);
      const late = [ann, bob].map((phone) => ({ expected: 0, dialog: dialogAt(phone, 1) }));
      expect(await store.commit(late)).toEqual(new Set([ann]));
      const loaded = await store.load([ann, bob]);
      expect([loaded.get(ann), loaded.get(bob)]).toMatchObject([
        { dialog: { version: 2 } },
        { dialog: { version: 1 } },
      ]);
    });

    it('takes a stale version for a conflict', async () => {
      const store = await open();
      await store.commit([{ expected: 0, dialog: dialogAt(ann, 1) }]);
      await store.commit([{ expected: 1, dialog: dialogAt(ann, 2) }]);
      expect(await store.commit([{ expected: 1, dialog: dialogAt(ann, 2) }])).toEqual(new Set([ann]));
    });

    it('marks a dialog whose commands are held, keeps the mark, and lets only a write that has read it take it off', async () => {
      const store = await open();
      await store.commit([{ expected: 0, dialog: dialogAt(ann, 1) }]);
      const marks = await store.hold([ann]);
      expect(await store.hold([ann])).toEqual(marks);
      expect((await store.load([ann])).get(ann)).toMatchObject({
        dialog: { version: 1, hold: marks.get(ann) },
      });
      const next = { expected: 1, dialog: { ...dialogAt(ann, 2), hold: null } };
      expect(await store.commit([next])).toEqual(new Set([ann]));
      expect(await store.commit([{ ...next, mark: marks.get(ann) ?? null }])).toEqual(new Set());
      expect((await store.load([ann])).get(ann)).toEqual({
        kind: 'readable',
        dialog: { ...dialogAt(ann, 2), hold: null },
      });
      expect((await store.hold([ann])).get(ann)).not.toBe(marks.get(ann));
    });

    it('marks a phone that it has never heard of, which then begins like any other', async () => {
      const store = await open();
      const mark = (await store.hold([bob])).get(bob);
      expect((await store.load([bob])).get(bob)).toMatchObject({ dialog: { version: 0, hold: mark } });
      const first = { expected: 0, mark: mark ?? null, dialog: { ...dialogAt(bob, 1), hold: null } };
      expect(await store.commit([first])).toEqual(new Set());
      expect(await store.commit([first])).toEqual(new Set([bob]));
      expect((await store.load([bob])).get(bob)).toMatchObject({ dialog: { version: 1, hold: null } });
    });

    it('gives back whole what was written as changes of what it gave before', async () => {
      const store = await open();
      await store.commit([{ expected: 0, dialog: dialogAt(ann, 1) }]);
      for (const change of changes) {
        const read = readable((await store.load([ann])).get(ann));
        const dialog = { ...read, ...change(read), version: read.version + 1 };
        expect(await store.commit([{ expected: read.version, read, dialog }])).toEqual(new Set());
        expect(readable((await store.load([ann])).get(ann))).toEqual(dialog);
      }
    });

    it('knows nothing when asked for nothing', async () => {
      const store = await open();
      expect(await store.load([])).toEqual(new Map());
    });
  });
};
