import { inMemoryMessageStore, type LoggedMessage } from '@stopcovid/progress-tracker';
import type { CarrierMessage } from '@stopcovid/twilio';
import fc from 'fast-check';
import { auditMessages } from './audit-messages';
import { listed, listedInbound, logged, minute } from './audit.testkit';
import type { CarrierMessages } from './carrier-messages';
import { exitCodes } from './exit';

const canBeTrainee = (from: string): boolean => from.startsWith('+');

const range = { from: minute(0).getTime(), to: minute(240).getTime() };

/** A carrier with so many messages a page, in the order of their times as a rule. */
const carrierWith = (
  messages: readonly CarrierMessage[],
  pageSize = 3,
): CarrierMessages & { readonly fetched: string[] } => {
  const fetched: string[] = [];
  return {
    fetched,
    list: async function* () {
      for (let at = 0; at < messages.length; at += pageSize) yield messages.slice(at, at + pageSize);
    },
    fetch: (sids) => {
      fetched.push(...sids);
      return Promise.resolve(messages.filter(({ sid }) => sids.includes(sid)));
    },
  };
};

const newestFirst = (messages: readonly CarrierMessage[]): readonly CarrierMessage[] =>
  [...messages].sort((one, other) => other.at.getTime() - one.at.getTime());

const audited = async (
  ours: readonly LoggedMessage[],
  carrier: CarrierMessages,
  options: { readonly form?: 'text' | 'json' | 'csv'; readonly full?: boolean } = {},
) => {
  const store = inMemoryMessageStore();
  await store.save({ changes: ours.map((next) => ({ next })), absorbed: [] });
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    input: process.stdin,
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  const exit = await auditMessages(
    { store, carrier, terminal },
    {
      form: 'json',
      full: false,
      range,
      now: minute(300),
      finalAfterMs: 3_600_000,
      numbers: [],
      services: [],
      comparable: (body) => body,
      canBeTrainee,
      ...options,
    },
  );
  return { exit, out, err };
};

const parsed = (lines: readonly string[]): readonly unknown[] =>
  lines.map((line): unknown => JSON.parse(line));

describe('an audit over hours', () => {
  it('finds nothing in equal logs, wherever the edges fall between our times and the carrier’s', async () => {
    const pairs = fc.array(
      fc.record({ at: fc.integer({ min: -5, max: 245 }), late: fc.integer({ min: -40, max: 180 }) }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(pairs, async (times) => {
        const ours = times.map(({ at }, index) => logged(String(index), { at: minute(at) }));
        const theirs = times.map(({ at, late }, index) => listed(String(index), { at: minute(at + late) }));
        const { exit, out } = await audited(ours, carrierWith(newestFirst(theirs)));
        expect(parsed(out)).toMatchObject([
          { summary: { ours: times.filter(({ at }) => at >= 0 && at < 240).length } },
        ]);
        expect(exit).toBe(exitCodes.ok);
      }),
      { numRuns: 50 },
    );
  });

  it('names each missing message once, in whatever order the carrier lists the others', async () => {
    const many = Array.from({ length: 40 }, (_, index) => listed(String(index), { at: minute(index * 6) }));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(many, { minLength: 40 }), async (disorder) => {
        /* The first of the range is read last, so that the list is read to its end. */
        const { out } = await audited(
          [],
          carrierWith(disorder.filter(({ sid }) => sid !== 'SM-0').concat(many.slice(0, 1)), 50),
        );
        expect(
          new Set(
            parsed(out)
              .slice(0, -1)
              .map((line) => String(Object(line).sids)),
          ),
        ).toEqual(new Set(many.map(({ sid }) => sid)));
        expect(out).toHaveLength(41);
      }),
      { numRuns: 20 },
    );
  });

  it('asks the carrier one by one only for what is not near in its list', async () => {
    const carrier = carrierWith(
      newestFirst([listed('a', { at: minute(61) }), listed('b', { at: minute(150) })]),
    );
    const { exit } = await audited(
      [logged('a', { at: minute(59) }), logged('b', { at: minute(20) })],
      carrier,
    );
    expect(exit).toBe(exitCodes.ok);
    expect(carrier.fetched).toEqual(['SM-b']);
  });

  it('misses no text of a sender that cannot be a trainee', async () => {
    const carrier = carrierWith([
      listedInbound('a', { from: '68849' }),
      listedInbound('b', { from: 'SUPPORT' }),
    ]);
    expect((await audited([], carrier)).exit).toBe(exitCodes.ok);
    expect((await audited([], carrierWith([listedInbound('c')]))).exit).toBe(exitCodes.problems);
  });

  it('masks phones unless told not to, in every form', async () => {
    for (const form of ['text', 'json', 'csv'] as const) {
      const masked = await audited([logged('a')], carrierWith([]), { form });
      expect(masked.exit).toBe(exitCodes.problems);
      expect(masked.out.join('\n')).toContain('notAtCarrier');
      expect([...masked.out, ...masked.err].join('\n')).not.toContain('2025550143');
      expect((await audited([logged('a')], carrierWith([]), { form, full: true })).out.join('\n')).toContain(
        '+12025550143',
      );
    }
  });

  it('sums up at the end, and keeps what is no row out of CSV', async () => {
    const text = await audited([logged('a')], carrierWith([listed('b')]), { form: 'text' });
    expect(text.out.at(-1)).toContain('lost 1, doubled 0, unknown 1, never final 0, disagreement 0');
    const csv = await audited([], carrierWith([]), { form: 'csv' });
    expect(csv.out).toEqual(['kind,reason,direction,phone,messageId,sids,at,ourStatus,theirStatus']);
    expect(csv.err.at(-1)).toContain('0 in our log, 0 at the carrier');
  });
});
