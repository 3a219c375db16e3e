import { drillContentSchema, timestampSchema, type DialogCommand, type Phone } from '@stopcovid/contracts';
import { mongo } from 'mongoose';
import type { DialogStore } from '../dialogs/dialog-store';
import { inMemoryDialogStore } from '../dialogs/in-memory-dialog-store';
import { builtInRegistration, inMemoryRegistrationCodes } from '../registration/registration-codes';
import {
  ann,
  batchesOf,
  bob,
  contextWith,
  engineWith,
  handsCatalogue,
  kindsOf,
  rawRecord,
  recordOf,
  start,
  text,
} from '../engine.testkit';

const eventsOf = (published: Parameters<typeof batchesOf>[0], phone: Phone) =>
  batchesOf(published, phone).map(({ events }) => events.map(({ type }) => type));

const scheduled = (of: Phone, id: string): DialogCommand => ({ ...start(of, id), reason: 'scheduled' });
const inOrder = (...commands: readonly DialogCommand[]) =>
  commands.map((command, index) => recordOf(command, index));

describe('a slice of commands', () => {
  it('leads to one batch per command, in order, with versions that have no holes', async () => {
    const { handle, publisher } = engineWith();
    const records = [
      recordOf(text(ann, 'c1', 'clean1'), 0),
      recordOf(text(bob, 'c2', 'clean1'), 1),
      recordOf(start(ann, 'c3'), 2),
      recordOf(text(ann, 'c4', 'b'), 3),
    ];
    expect(kindsOf(await handle(records, contextWith()))).toEqual(['done', 'done', 'done', 'done']);
    expect(batchesOf(publisher.published, ann).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(eventsOf(publisher.published, ann)).toEqual([
      ['TraineeRegistered'],
      ['DrillStarted'],
      ['PromptCompleted', 'PromptAdvanced', 'DrillCompleted'],
    ]);
    expect(eventsOf(publisher.published, bob)).toEqual([['TraineeRegistered']]);
  });

  it('starts what a schedule wants only within the budget, and everything else beyond it', async () => {
    const account = { employerId: 'aurora' };
    const codes = inMemoryRegistrationCodes([
      { code: 'CLEAN1', demo: false, account, createdAt: new Date(0) },
    ]);
    const spent = new Set<string>();
    const budgets = { has: (id: string) => spent.has(id), close: () => undefined };
    const { handle, publisher } = engineWith({ budgets, registration: builtInRegistration(codes) });
    await handle([recordOf(text(ann, 'c1', 'clean1'), 0)], contextWith());
    spent.add('aurora');
    await handle([recordOf(scheduled(ann, 'c2'), 1), recordOf(start(ann, 'c3'), 2)], contextWith());
    spent.clear();
    await handle([recordOf(scheduled(ann, 'c4'), 3)], contextWith());
    expect(eventsOf(publisher.published, ann)).toEqual([
      ['TraineeRegistered'],
      ['DrillPostponed'],
      ['DrillStarted'],
      ['DrillAbandoned', 'DrillStarted'],
    ]);
  });

  const withPlaces = (places: number) => {
    let left = places;
    return { takesOneMore: () => (left -= 1) >= 0, close: () => undefined };
  };

  it('holds back what a schedule wants while the sender has no room, and nothing else', async () => {
    const { handle, publisher } = engineWith({ pressure: withPlaces(0) });
    const requested = { ...start(ann, 'c3'), reason: 'requested' as const };
    const [code, answer] = [text(ann, 'c1', 'clean1'), text(ann, 'c4', 'b')];
    const commands = inOrder(code, scheduled(ann, 'c2'), requested, answer, start(ann, 'c5'));
    await handle(commands, contextWith());
    expect(eventsOf(publisher.published, ann)).toEqual([
      ['TraineeRegistered'],
      ['DrillPostponed'],
      ['DrillStarted'],
      ['PromptCompleted', 'PromptAdvanced', 'DrillCompleted'],
      ['DrillStarted'],
    ]);
  });

  it('gives a place at the sender only to what would begin', async () => {
    const { handle, publisher } = engineWith({ pressure: withPlaces(1) });
    const commands = [
      text(bob, 'b1', 'STOP'),
      scheduled(bob, 'b2'),
      scheduled(ann, 'c1'),
      scheduled(ann, 'c2'),
    ];
    await handle(inOrder(...commands), contextWith());
    expect(eventsOf(publisher.published, bob)).toEqual([['TraineeOptedOut'], ['DrillPostponed']]);
    expect(eventsOf(publisher.published, ann)).toEqual([['DrillStarted'], ['DrillPostponed']]);
  });

  it('gives none to what comes too late', async () => {
    const { handle, publisher, reports } = engineWith({ pressure: withPlaces(1) });
    const opens = timestampSchema.parse('2026-01-01T09:00:00.000Z');
    const closes = timestampSchema.parse('2026-01-01T21:00:00.000Z');
    const late = { ...scheduled(bob, 'b1'), delivery: { notAfter: closes, windows: [{ opens, closes }] } };
    await handle(inOrder(late, scheduled(ann, 'c1')), contextWith());
    expect(eventsOf(publisher.published, ann)).toEqual([['DrillStarted']]);
    expect(reports[0]?.results).toMatchObject([{ postponed: 'expired' }, { events: ['DrillStarted'] }]);
  });

  it('records a command that nothing came of', async () => {
    const { handle, publisher } = engineWith();
    await handle(
      [recordOf(text(ann, 'stop', 'STOP'), 0), recordOf(text(ann, 'late', 'hello'), 1)],
      contextWith(),
    );
    expect(batchesOf(publisher.published, ann)[1]).toMatchObject({
      version: 2,
      commandId: 'late',
      events: [],
    });
  });

  it.each([
    ['is not JSON', rawRecord(ann, '{', 0), 'NOT_JSON'],
    ['has no type', rawRecord(ann, '{"type":"dance"}', 0), 'UNKNOWN_TYPE'],
    ['has no value', rawRecord(ann, null, 0), 'VALUE_MISSING'],
    ['has no key', { ...recordOf(text(ann, 'c0', 'hi'), 0), key: null }, 'KEY_MISSING'],
    ['is keyed by another phone', { ...recordOf(text(ann, 'c0', 'hi'), 0), key: bob }, 'KEY_MISMATCH'],
    ['asks for a drill that nobody has', recordOf(start(ann, 'c0', 'juggling'), 0), 'DRILL_UNKNOWN'],
  ])('sends a record that %s to the dead letters and handles the next', async (_, poison, code) => {
    const { handle, publisher } = engineWith();
    const outcomes = await handle(
      [recordOf(text(ann, 'code', 'clean1'), 9), poison, recordOf(start(ann, 'c1'), 10)],
      contextWith(),
    );
    expect(outcomes[1]).toMatchObject({ kind: 'deadLetter', code });
    expect(eventsOf(publisher.published, ann)).toEqual([['TraineeRegistered'], ['DrillStarted']]);
  });

  it('refuses a drill that travels with its command and would not pass lint', async () => {
    const { handle } = engineWith();
    const hands = [...handsCatalogue().revisions.values()][0];
    if (hands === undefined) throw new Error('the catalogue is empty');
    const spoilt = drillContentSchema.parse({ ...hands.content, languages: ['en', 'es'] });
    const good = { ...start(ann, 'good'), content: hands.content };
    const bad = { ...start(ann, 'bad'), content: spoilt };
    const registered = recordOf(text(ann, 'code', 'clean1'), 0);
    const outcomes = await handle([registered, recordOf(bad, 1), recordOf(good, 2)], contextWith());
    expect(outcomes).toEqual([
      { kind: 'done' },
      expect.objectContaining({ code: 'DRILL_CONTENT_INVALID' }),
      { kind: 'done' },
    ]);
  });
});

describe('a command that comes again', () => {
  it('is published byte for byte, and decided once, when the process died before publishing', async () => {
    const { handle, publisher, store } = engineWith();
    const records = [recordOf(text(ann, 'c1', 'clean1'), 0), recordOf(start(ann, 'c2'), 1)];
    publisher.broken = true;
    expect(kindsOf(await handle(records, contextWith()))).toEqual(['retry', 'retry']);
    const stored = (await store.load([ann])).get(ann);
    if (stored?.kind !== 'readable') throw new Error('nothing was committed');
    publisher.broken = false;
    expect(kindsOf(await handle(records, contextWith()))).toEqual(['done', 'done']);
    expect(publisher.published.map(({ value }) => value)).toEqual(
      stored.dialog.outbox.map(({ batch }) => batch),
    );
  });

  it('goes out again from the outbox while its offset is not committed, whatever offset it comes with', async () => {
    const { handle, publisher } = engineWith();
    await handle([recordOf(text(ann, 'c1', 'clean1'), 0)], contextWith());
    await handle([recordOf(text(ann, 'c1', 'clean1'), 7)], contextWith());
    const [first, second] = publisher.published;
    expect(second).toEqual(first);
  });

  it('says nothing once its offset has been committed', async () => {
    const { handle, publisher, store } = engineWith();
    await handle([recordOf(text(ann, 'c1', 'clean1'), 0)], contextWith());
    await handle([recordOf(start(ann, 'c2'), 1)], contextWith('1'));
    const outcomes = await handle([recordOf(text(ann, 'c1', 'clean1'), 2)], contextWith('2'));
    expect(outcomes).toEqual([{ kind: 'done' }]);
    expect(publisher.published).toHaveLength(2);
    const stored = (await store.load([ann])).get(ann);
    expect(stored).toMatchObject({
      dialog: { version: 2, recentCommandIds: ['c1'], outbox: [{ commandId: 'c2' }] },
    });
  });

  it('is recognised twice in one slice', async () => {
    const { handle, publisher } = engineWith();
    const twice = [recordOf(text(ann, 'c1', 'clean1'), 0), recordOf(text(ann, 'c1', 'clean1'), 1)];
    expect(kindsOf(await handle(twice, contextWith()))).toEqual(['done', 'done']);
    expect(publisher.published).toHaveLength(1);
  });

  it('keeps the ids of the last 64 that are out', async () => {
    const { handle, store } = engineWith();
    for (let offset = 0; offset < 70; offset += 1)
      await handle([recordOf(text(ann, `c${offset}`, 'hello'), offset)], contextWith(String(offset)));
    const stored = (await store.load([ann])).get(ann);
    if (stored?.kind !== 'readable') throw new Error('nothing was committed');
    expect(stored.dialog.outbox).toHaveLength(1);
    expect(stored.dialog.recentCommandIds).toHaveLength(64);
    expect(stored.dialog.recentCommandIds.at(-1)).toBe('c68');
  });
});

describe('a batch left from before the topic was made anew', () => {
  it('goes out before the next one and is settled with it', async () => {
    const { handle, publisher, store } = engineWith();
    publisher.broken = true;
    await handle([recordOf(text(ann, 'old', 'clean1'), 5_000)], contextWith());
    publisher.broken = false;
    await handle([recordOf(start(ann, 'new'), 0)], contextWith());
    expect(batchesOf(publisher.published, ann).map(({ commandId }) => commandId)).toEqual(['old', 'new']);
    await handle([recordOf(text(ann, 'newer', 'b'), 1)], contextWith('1'));
    const stored = (await store.load([ann])).get(ann);
    expect(stored).toMatchObject({
      dialog: { outbox: [{ commandId: 'newer' }], recentCommandIds: ['old', 'new'] },
    });
  });
});

describe('another owner of the partition', () => {
  /** A store in which somebody else decides `c1` just before our first commit. */
  const rivalled = async () => {
    const store = inMemoryDialogStore();
    const rival = engineWith({ store });
    let first = true;
    const raced: DialogStore = {
      ...store,
      async commit(changes) {
        if (first) await rival.handle([recordOf(text(ann, 'c1', 'clean1'), 0)], contextWith());
        first = false;
        return store.commit(changes);
      },
    };
    return { rival, raced };
  };

  it('is noticed: the dialog is read and decided again, and what the other decided goes out as it was', async () => {
    const { rival, raced } = await rivalled();
    const { handle, publisher } = engineWith({ store: raced });
    const records = [recordOf(text(ann, 'c1', 'clean1'), 0), recordOf(start(ann, 'c2'), 1)];
    expect(kindsOf(await handle(records, contextWith()))).toEqual(['done', 'done']);
    expect(publisher.published[0]).toEqual(rival.publisher.published[0]);
    expect(batchesOf(publisher.published, ann).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('has the last word when the partition is lost meanwhile', async () => {
    const { raced } = await rivalled();
    const { handle, publisher } = engineWith({ store: raced });
    const answers = [true, false];
    const context = contextWith(undefined, () => answers.shift() ?? false);
    expect(kindsOf(await handle([recordOf(text(ann, 'c1', 'clean1'), 0)], context))).toEqual(['retry']);
    expect(publisher.published).toEqual([]);
  });

  it('is left alone from the start when the partition is not ours any more', async () => {
    const { handle, store } = engineWith();
    const lost = contextWith(undefined, () => false);
    expect(kindsOf(await handle([recordOf(text(ann, 'c1', 'clean1'), 0)], lost))).toEqual(['retry']);
    expect(await store.load([ann])).toEqual(new Map());
  });
});

describe('an outage', () => {
  it('of the store is a retry of everything that can be read', async () => {
    const away = (): Promise<never> => Promise.reject(new mongo.MongoNetworkError('MongoDB is away'));
    const { handle, publisher } = engineWith({ store: { load: away, commit: away, hold: away } });
    const outcomes = await handle(
      [rawRecord(ann, '{', 0), recordOf(text(ann, 'c1', 'hi'), 1)],
      contextWith(),
    );
    expect(kindsOf(outcomes)).toEqual(['deadLetter', 'retry']);
    expect(publisher.published).toEqual([]);
  });

  it('of the registration service is told to the trainee, and the next text is asked about again', async () => {
    const answers = [
      { status: 'Unavailable' } as const,
      { status: 'Valid', demo: false, account: {} } as const,
    ];
    const registration = { lookup: async () => answers.shift() ?? { status: 'Unknown' as const } };
    const { handle, publisher } = engineWith({ registration });
    await handle(
      [recordOf(text(ann, 'c1', 'clean1'), 0), recordOf(text(ann, 'c2', 'clean1'), 1)],
      contextWith(),
    );
    expect(eventsOf(publisher.published, ann)).toEqual([['RegistrationUnavailable'], ['TraineeRegistered']]);
  });

  it('is not what a mistake of ours looks like: that escapes, for the transport to narrow down', async () => {
    const mistake = (): Promise<never> => Promise.reject(new TypeError('x is not a function'));
    const { handle } = engineWith({ store: { load: mistake, commit: mistake, hold: mistake } });
    await expect(handle([recordOf(text(ann, 'c1', 'hi'), 0)], contextWith())).rejects.toThrow(TypeError);
  });
});
