import { readStoredDialog } from './stored-dialog';

const trainee = {
  registration: { code: 'CLEAN1', demo: false, at: '2026-03-01T17:05:00.000Z' },
  optedOut: false,
  profile: { language: 'en', answers: { job: 'cook' } },
  account: { employerId: 'aurora' },
};
const run = { runId: 'run-1', drill: 'hands', revision: 'a'.repeat(64), right: 0, graded: 1 };
const open = { status: 'AwaitingReply', run, prompt: 'how-long', failures: 1, reminded: true };
const documentOf = (state: object) => ({
  phone: '+12025550143',
  version: 3,
  state: { stateVersion: 1, trainee, conversation: open, ...state },
  outbox: [],
  recentCommandIds: ['c1'],
});

/** Documents as they may lie in a store. None is ever changed: a release that wrote it may have been yesterday's. */
const documents = [
  ['from before there were schedules', documentOf({})],
  ['with the rung of a ladder', documentOf({ conversation: { ...open, rung: 2 } })],
  ['in the last drill of the course', documentOf({ conversation: { ...open, run: { ...run, last: true } } })],
  [
    'of somebody whose drill an opt-out cut off',
    documentOf({
      trainee: { ...trainee, optedOut: true },
      conversation: { status: 'Idle' },
      stopped: { run, prompt: 'how-long', at: '2026-03-02T15:00:00.000Z' },
    }),
  ],
  [
    'of somebody who confirmed an opt-out',
    documentOf({
      trainee: { ...trainee, optedOut: true },
      conversation: { status: 'Idle' },
      optOutAnswered: true,
    }),
  ],
  [
    'in a prompt of an earlier drill',
    documentOf({
      conversation: {
        ...open,
        run: { ...run, repeats: [{ drill: 'masks', revision: 'b'.repeat(64), prompt: 'nose' }] },
      },
    }),
  ],
  [
    'of somebody who is paused',
    documentOf({
      trainee: {
        ...trainee,
        schedulePaused: { since: '2026-03-02T15:00:00.000Z', reason: 'operator', until: '2026-03-16' },
      },
    }),
  ],
] as const;

describe('a stored dialog', () => {
  it.each(documents)('%s is read as it was written', (_what, document) =>
    expect(readStoredDialog(document)).toEqual({ kind: 'readable', dialog: document }),
  );

  it('with something impossible is not read, and the reason holds no value', () =>
    expect(readStoredDialog(documentOf({ conversation: { ...open, rung: 0 } }))).toEqual({
      kind: 'unreadable',
      reason: 'state.conversation.rung: too_small',
    }));

  it.each([undefined, 'c1', [''], ['c1', 7], [null], ['c'.repeat(129)]])(
    'that remembers %j is not read',
    (recentCommandIds) =>
      expect(readStoredDialog({ ...documentOf({}), recentCommandIds })).toEqual({
        kind: 'unreadable',
        reason: 'recentCommandIds: custom',
      }),
  );
});
