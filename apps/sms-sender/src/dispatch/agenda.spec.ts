import type { Phone } from '@stopcovid/contracts';
import { ann, noon, outboxWith, phone, reply } from '../outbox/outbox.testkit';
import { inMemoryOutboxStore } from '../store/in-memory-outbox-store';
import { saved, type OutboxStore } from '../store/outbox-store';
import { dueAt, laneOf, lanes, type Lane, type Outbox } from '../outbox/outbox';
import { Agenda } from './agenda';

/** Numbers that look random, and are the same each time. */
const dice = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const waiting = (of: Phone, due: number, kind: 'reply' | 'started' = 'reply'): Outbox => ({
  ...outboxWith({ ...reply('hello'), kind }),
  phone: of,
  notBefore: due,
});
const inDoubt = (outbox: Outbox): Outbox => ({
  ...outbox,
  pending: outbox.pending.map((item) => ({
    ...item,
    delivery: { status: 'AMBIGUOUS', since: 1, looks: 0, reason: 'timeout' },
  })),
});
const idle = (outbox: Outbox): Outbox => ({ ...outbox, pending: [] });

const following = async (agenda: Agenda, rows: readonly Outbox[] = [], upTo = Infinity): Promise<void> => {
  agenda.follow([0]);
  for (const lane of lanes)
    await agenda.read(lane, () =>
      Promise.resolve({ rows: rows.filter((each) => laneOf(each) === lane), upTo }),
    );
};
const phonesOf = (outboxes: readonly Outbox[]): readonly Phone[] => outboxes.map(({ phone: of }) => of);

describe('an agenda', () => {
  it('gives out who is due, the longest waiting first, each in their lane and once', async () => {
    const agenda = new Agenda(9);
    await following(agenda, [waiting(phone(1), 30), waiting(phone(2), 10), waiting(phone(3), 99)]);
    agenda.note({ ...waiting(phone(4), 20, 'started'), revision: 1 });
    agenda.note({ ...inDoubt(waiting(phone(5), 20)), revision: 1 });
    const take = (lane: Lane, limit = 9) => phonesOf(agenda.take(lane, { at: 50, limit }));
    expect([take('first', 1), take('first'), take('first')]).toEqual([[phone(2)], [phone(1)], []]);
    expect([take('later'), take('doubtful'), agenda.next('first')]).toEqual([[phone(4)], [phone(5)], 99]);
  });

  it('believes the latest revision, in whatever order writes are heard of', async () => {
    const agenda = new Agenda(9);
    await following(agenda);
    agenda.note({ ...waiting(ann, 70), revision: 3 });
    agenda.note({ ...waiting(ann, 10), revision: 2 });
    expect(agenda.next('first')).toBe(70);
    agenda.note({ ...idle(waiting(ann, 0)), revision: 4 });
    expect(agenda.next('first')).toBe(Infinity);
  });

  it('does not let an answer of the store undo what was written after it was asked', async () => {
    const agenda = new Agenda(9);
    await following(agenda);
    await agenda.read('first', () => {
      agenda.note({ ...waiting(ann, 500), revision: 2 });
      return Promise.resolve({ rows: [{ ...waiting(ann, 10), revision: 1 }], upTo: 100 });
    });
    expect(agenda.next('first')).toBe(500);
  });

  it('follows a store that was set back', async () => {
    const agenda = new Agenda(9);
    await following(agenda, [{ ...waiting(ann, 500), revision: 7 }]);
    await following(agenda, [{ ...waiting(ann, 10), revision: 2 }]);
    expect(agenda.next('first')).toBe(10);
  });

  it('leaves to the store what is due beyond its horizon, and keeps no more than it may', async () => {
    const agenda = new Agenda(4);
    await following(agenda, [], 1_000);
    for (let due = 1; due <= 9; due += 1) agenda.note({ ...waiting(phone(due), due * 100), revision: 1 });
    agenda.note({ ...waiting(ann, 1_000), revision: 1 });
    expect(agenda.horizon('first')).toBeLessThanOrEqual(500);
    const taken = agenda.take('first', { at: 2_000, limit: 99 });
    const all = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((due) => due * 100 < agenda.horizon('first'));
    expect(phonesOf(taken)).toEqual(expect.arrayContaining(all.map(phone)));
    expect(taken.length).toBeLessThanOrEqual(4);
  });

  it('knows nothing of new partitions until it has read, and forgets those it has no more', async () => {
    const agenda = new Agenda(9);
    await following(agenda, [waiting(ann, 10)]);
    expect(agenda.follow([0, 1])).toEqual([1]);
    expect([agenda.horizon('first'), agenda.next('first')]).toEqual([-Infinity, 10]);
    expect([agenda.follow([1]), agenda.next('first')]).toEqual([[], Infinity]);
    agenda.note({ ...waiting(ann, 10), revision: 9 });
    expect(agenda.next('first')).toBe(Infinity);
  });

  it('asks for those in doubt, and believes what is found unless they were written or doubted anew', async () => {
    const agenda = new Agenda(9);
    await following(agenda, [waiting(ann, 10)]);
    agenda.doubt(waiting(ann, 10));
    const asked = agenda.unsure;
    expect([[...asked.keys()], agenda.next('first')]).toEqual([[ann], Infinity]);
    agenda.doubt(waiting(ann, 10));
    agenda.resolve(asked, new Map([[ann, waiting(ann, 20)]]));
    expect(agenda.next('first')).toBe(Infinity);
    agenda.resolve(agenda.unsure, new Map([[ann, waiting(ann, 30)]]));
    expect([agenda.next('first'), agenda.unsure.size]).toEqual([30, 0]);
  });
});

/** A store whose answers may be late or lost, and which somebody else writes too. */
const anyOrder = async (seed: number): Promise<void> => {
  const roll = dice(seed);
  const store: OutboxStore = inMemoryOutboxStore();
  const agenda = new Agenda(6);
  const phones = Array.from({ length: 12 }, (_, index) => phone(index + 1));
  const late: (() => void)[] = [];
  const anOutbox = (of: Phone, revision: number): Outbox => {
    const made = { ...waiting(of, noon + roll(20), roll(2) === 0 ? 'started' : 'reply'), revision };
    return [made, idle(made), inDoubt(made)][roll(3)] ?? made;
  };
  const stored = async (of: Phone) => (await store.load([of])).outboxes.get(of);
  const write = async (of: Phone, base: number): Promise<void> => {
    const next = anOutbox(of, base);
    const isLost = (await store.save([next])).has(of);
    const noted = isLost || roll(5) === 0 ? () => agenda.doubt(next) : () => agenda.note(saved(next));
    if (roll(3) === 0) late.push(noted);
    else noted();
  };
  const writeSome = async (): Promise<void> => {
    const of = phones[roll(phones.length)] ?? ann;
    await write(of, Math.max(0, ((await stored(of))?.revision ?? 0) - (roll(6) === 0 ? 1 : 0)));
  };
  const read = async (lane: Lane): Promise<void> => {
    const ask = async () => {
      const at = noon + roll(30);
      const limit = 4;
      const rows = [...(await store.due({ partitions: [0], lane, at, limit })).outboxes.values()];
      if (roll(2) === 0) await writeSome();
      if (roll(8) === 0) throw new Error('away');
      const last = rows.at(-1);
      return { rows, upTo: rows.length < limit || !last ? at : (dueAt(last) ?? 0) };
    };
    await agenda.read(lane, ask).catch(() => undefined);
  };
  const takeSome = async (lane: Lane): Promise<void> => {
    for (const base of agenda.take(lane, { at: noon + roll(20), limit: 2 }))
      if (roll(4) === 0) agenda.putBack(base, dueAt(base) ?? 0);
      else await write(base.phone, base.revision);
  };
  const move = (): unknown => (roll(2) === 0 ? agenda.follow([]) : agenda.follow([0]));
  for (let step = 0; step < 60; step += 1) {
    const lane = lanes[roll(3)] ?? 'first';
    const moves = [writeSome, writeSome, () => read(lane), () => takeSome(lane), move];
    await moves[roll(moves.length)]?.();
    if (roll(3) === 0) late.splice(roll(late.length + 1), 1).forEach((noted) => noted());
  }
  late.forEach((noted) => noted());
  agenda.follow([0]);
  const asked = agenda.unsure;
  agenda.resolve(asked, (await store.load([...asked.keys()])).outboxes);
  const horizons = new Map(lanes.map((lane) => [lane, agenda.horizon(lane)]));
  const known = new Set(lanes.flatMap((lane) => phonesOf(agenda.take(lane, { at: Infinity, limit: 99 }))));
  for (const [lane, at] of horizons) {
    const { outboxes } = await store.due({ partitions: [0], lane, at, limit: 99 });
    const missed = [...outboxes.values()].filter(
      (outbox) => !known.has(outbox.phone) && (dueAt(outbox) ?? at) < at,
    );
    if (missed.length > 0) throw new Error(`seed ${seed}: ${phonesOf(missed).join()} of ${lane} by ${at}`);
  }
};

describe('an agenda and its store', () => {
  it('never miss a due phone before the horizon, whatever order writes, reads, moves and failures come in', async () => {
    for (let seed = 1; seed <= 120; seed += 1) await anyOrder(seed);
  });
});
