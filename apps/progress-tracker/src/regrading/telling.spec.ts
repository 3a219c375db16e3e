import { drillSlugSchema, topics, decodeCommand, type Command } from '@stopcovid/contracts';
import { runOf } from '../figures/figures.testkit';
import { inMemoryRunFigures } from '../figures/in-memory-run-figures';
import type { Hours } from '../operations/hours';
import type { TraineeProgress } from '../progress/evolve-progress';
import { DocumentUnreadable } from '../progress/progress-store';
import { event, maria, registered } from '../tracker.testkit';
import { replyGroups } from './reply-groups';
import { rule } from './rule';
import { inMemoryRulings, type RulingVerdict } from './rulings';
import { tellingFrom, type Telling } from './telling';

const at = new Date('2026-03-04T15:00:00.000Z');
const hour = (offset: number): number => at.getTime() + offset * 3_600_000;
const iso = (offset: number): string => new Date(hour(offset)).toISOString();
const open: Hours = { kind: 'open', window: { from: hour(-1), to: hour(2) } };
const closed = (next: { from: number; to: number } | null): Hours => ({
  kind: 'closed',
  opensAt: next?.from ?? null,
  next,
  zone: null,
});
const known = (optedOut = false): TraineeProgress => ({
  phone: maria,
  version: 1,
  partition: 0,
  offset: '0',
  firstSeenAt: at,
  drills: [],
  trainee: { ...registered, optedOut },
});
const drill = drillSlugSchema.parse('one');

const told = (
  hours: Hours,
  trainee: () => Promise<TraineeProgress | undefined> = () => Promise.resolve(known()),
  isTold = true,
) =>
  tellingFrom({ store: { trainee }, hoursOf: () => Promise.resolve(hours), isTold: () => isTold })(
    { phone: maria, drill },
    at,
  );

describe('a trainee whose answer was right after all', () => {
  it('is told in the hours that go on', async () =>
    expect(await told(open)).toEqual({
      notAfter: iso(2),
      windows: [{ opens: iso(-1), closes: iso(2) }],
    }));

  it('is told in their next hours where it is outside of them', async () =>
    expect(await told(closed({ from: hour(10), to: hour(20) }))).toEqual({
      notAfter: iso(20),
      windows: [{ opens: iso(10), closes: iso(20) }],
    }));

  it.each<[string, () => ReturnType<typeof told>]>([
    ['the drill does not say so', () => told(open, undefined, false)],
    ['they opted out', () => told(open, () => Promise.resolve(known(true)))],
    ['nobody knows them', () => told(open, () => Promise.resolve(undefined))],
    ['their document cannot be read', () => told(open, () => Promise.reject(new DocumentUnreadable('no')))],
    ['nobody knows their hours', () => told({ kind: 'noZone' })],
    ['they have no hours any more', () => told(closed(null))],
  ])('is not told where %s', async (_why, ask) => expect(await ask()).toBeUndefined());
});

describe('a ruling on a group whose drill tells', () => {
  const wrong = event('PromptFailed', { response: 'twenty sec' });
  const right = event('ReplyRegraded', { prompt: 'first', reply: 1, now: 'right', delivery: undefined });
  const delivery = { notAfter: iso(2), windows: [{ opens: iso(-1), closes: iso(2) }] } as Awaited<
    ReturnType<Telling>
  >;

  const commandsBy = async (
    verdict: RulingVerdict,
    lives: readonly (readonly (typeof wrong | typeof right)[])[],
  ) => {
    const figures = inMemoryRunFigures(() => runs);
    const runs = lives.map((later) => runOf({ later }));
    const [group] = await replyGroups(figures.runs({}, 'answers'));
    const given: Command<'RegradeReply'>[] = [];
    const publisher = {
      publish: (topic: string, records: readonly { readonly value: string | Buffer | null }[]) => {
        expect(topic).toBe(topics.dialogCommands);
        for (const { value } of records) {
          const command = decodeCommand(value ?? '');
          if (command.ok && command.value.type === 'RegradeReply') given.push(command.value);
        }
        return Promise.resolve();
      },
    };
    const parts = {
      figures,
      rulings: inMemoryRulings(),
      publisher,
      telling: () => Promise.resolve(delivery),
    };
    await rule(parts, group?.id ?? '', { id: 'operator:1', verdict, by: 'spec', at });
    return given.map(({ reply, delivery: hours }) => [reply, hours !== undefined]);
  };

  it('tells whoever gave the answer twice once', async () =>
    expect(await commandsBy('right', [[wrong, wrong], [wrong]])).toEqual([
      [1, true],
      [2, false],
      [1, true],
    ]));

  it.each<RulingVerdict>(['wrong', 'asJudged'])('tells nobody that it is %s', async (verdict) => {
    const commands = await commandsBy(verdict, [
      [wrong, right],
      [wrong, right],
    ]);
    expect(commands).toEqual([
      [1, false],
      [1, false],
    ]);
  });
});
