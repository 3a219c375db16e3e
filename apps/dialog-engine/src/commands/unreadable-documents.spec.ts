import {
  ann,
  batchesOf,
  bob,
  contextWith,
  engineWith,
  kindsOf,
  recordOf,
  start,
  text,
} from '../engine.testkit';
import { inMemoryHeldCommands, type HeldCommands } from '../held/held-commands';
import { inMemoryRevisionStore, type RevisionStore } from '../revisions/revision-store';

const reason = 'content: invalid_type';

/** Stores whose documents somebody spoils and mends again. */
const spoilable = () => {
  const spoilt = { revisions: false, held: false };
  const inner = { revisions: inMemoryRevisionStore(), held: inMemoryHeldCommands() };
  const revisions: RevisionStore = {
    ...inner.revisions,
    load: async (hashes) => {
      const found = await inner.revisions.load(hashes);
      if (!spoilt.revisions) return found;
      return new Map([...found.keys()].map((hash) => [hash, { kind: 'unreadable', reason }]));
    },
  };
  const held: HeldCommands = {
    ...inner.held,
    under: async (holds) => {
      const found = await inner.held.under(holds);
      if (!spoilt.held) return found;
      return {
        commands: found.commands.slice(1),
        unreadable: new Map(found.commands.slice(0, 1).map(({ hold }) => [hold, reason])),
      };
    },
  };
  return { revisions, held, spoilt };
};

const engine = async () => {
  const { spoilt, ...stores } = spoilable();
  const made = engineWith(stores);
  await made.handle(
    [
      recordOf(text(ann, 'a1', 'clean1'), 0),
      recordOf(start(ann, 'a2'), 1),
      recordOf(text(bob, 'b1', 'clean1'), 2),
    ],
    contextWith('0'),
  );
  /** As readers take them in, who drop what is told again. */
  const idsOf = (phone = ann) => [
    ...new Set(batchesOf(made.publisher.published, phone).map(({ commandId }) => commandId)),
  ];
  const waitsOf = () => made.reports.at(-1)?.results.map(({ waits }) => waits?.code);
  return { ...made, spoilt, idsOf, waitsOf };
};

describe('a drill revision that cannot be read', () => {
  it('makes wait who is in that drill, and nobody else', async () => {
    const { handle, spoilt, idsOf, waitsOf } = await engine();
    spoilt.revisions = true;
    const records = [recordOf(text(ann, 'a3', 'b'), 3), recordOf(text(bob, 'b2', 'HELP'), 4)];
    expect(kindsOf(await handle(records, contextWith('3')))).toEqual(['done', 'done']);
    expect(waitsOf()).toEqual(['REVISION_UNREADABLE', undefined]);
    expect([idsOf(), idsOf(bob)]).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]);
  });

  it('delays no opt-out, and what waited is decided in its order once it can be read', async () => {
    const { handle, spoilt, idsOf } = await engine();
    spoilt.revisions = true;
    await handle([recordOf(text(ann, 'a3', 'b'), 3), recordOf(text(ann, 'a4', 'STOP'), 4)], contextWith('3'));
    expect(idsOf()).toEqual(['a1', 'a2', 'a4']);
    spoilt.revisions = false;
    await handle([recordOf(text(ann, 'a5', 'HELP'), 5)], contextWith('5'));
    expect(idsOf()).toEqual(['a1', 'a2', 'a4', 'a3', 'a5']);
  });
});

describe('a held command that cannot be read', () => {
  it('makes its own phone wait, so that nothing overtakes it, and delays no opt-out', async () => {
    const { handle, spoilt, idsOf, waitsOf } = await engine();
    spoilt.revisions = true;
    await handle([recordOf(text(ann, 'a3', 'b'), 3)], contextWith('3'));
    Object.assign(spoilt, { revisions: false, held: true });
    const records = [
      recordOf(text(ann, 'a4', 'MORE'), 4),
      recordOf(text(bob, 'b2', 'HELP'), 5),
      recordOf(text(ann, 'a5', 'STOP'), 6),
    ];
    await handle(records, contextWith('4'));
    expect(waitsOf()).toEqual(['HELD_UNREADABLE', undefined, 'BEHIND_HELD']);
    expect([idsOf(), idsOf(bob)]).toEqual([
      ['a1', 'a2', 'a5'],
      ['b1', 'b2'],
    ]);
    spoilt.held = false;
    await handle([recordOf(text(ann, 'a6', 'HELP'), 7)], contextWith('7'));
    expect(idsOf()).toEqual(['a1', 'a2', 'a5', 'a3', 'a4', 'a6']);
  });
});
