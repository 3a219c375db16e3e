import type { LoggedMessage } from '@stopcovid/progress-tracker';
import fc from 'fast-check';
import type { CarrierMessage } from '@stopcovid/twilio';
import { judgeSlice, unseenIn, type AuditRules, type Finding } from './audit';
import { listed, listedInbound, logged, maria, minute, ownNumber } from './audit.testkit';

const rules: AuditRules = {
  now: minute(600),
  finalAfterMs: 6 * 3_600_000,
  apartMs: 15 * 60_000,
  comparable: (body) => body.trim(),
  concernsUs: () => true,
};

const judge = (
  ours: readonly LoggedMessage[],
  theirs: readonly CarrierMessage[],
  changes: Partial<AuditRules> = {},
): readonly Finding[] =>
  judgeSlice(
    { ours: { fresh: ours, around: ours }, theirs: { fresh: theirs, around: theirs } },
    { fetched: [], loaded: [] },
    { rules: { ...rules, ...changes }, claims: new Map() },
  ).findings;

const inLog = (name: string): LoggedMessage => ({
  content: { ...logged(name).content, direction: 'inbound' },
  sids: [`SM-${name}`],
  report: { status: 'received', at: minute(0) },
});

describe('the audit', () => {
  it.each<[string, readonly LoggedMessage[], readonly CarrierMessage[], object | undefined]>([
    ['nothing in equal logs', [logged('a'), inLog('b')], [listed('a'), listedInbound('b')], undefined],
    [
      'a text that the carrier does not have',
      [logged('a')],
      [],
      { kind: 'lost', reason: 'notAtCarrier', sids: ['SM-a'] },
    ],
    [
      'a text to us that our log lacks',
      [],
      [listedInbound('a')],
      { kind: 'lost', reason: 'notInLog', direction: 'inbound', phone: maria },
    ],
    [
      'a text without an id of the carrier',
      [logged('a', { sids: [], status: 'none' })],
      [],
      { kind: 'lost', messageId: 'm-a' },
    ],
    ['nothing in a text that was refused', [logged('a', { sids: [], status: 'failed' })], [], undefined],
    [
      'a text with two ids',
      [logged('a', { sids: ['SM-a', 'SM-b'] })],
      [listed('a'), listed('b')],
      { kind: 'doubled', reason: 'severalSids', sids: ['SM-a', 'SM-b'] },
    ],
    [
      'a copy that our log does not know',
      [logged('a')],
      [listed('a'), listed('b', { body: 'text a ', at: minute(2) })],
      { kind: 'doubled', reason: 'copyAtCarrier', messageId: 'm-a', sids: ['SM-b'] },
    ],
    [
      'no copy in the same words of another hour',
      [logged('a')],
      [listed('a'), listed('b', { body: 'text a', at: minute(60) })],
      { kind: 'unknown', sids: ['SM-b'] },
    ],
    [
      'no copy in the same words to another phone',
      [logged('a')],
      [listed('a'), listed('b', { body: 'text a', to: '+12025550180' })],
      { kind: 'unknown', phone: '+12025550180' },
    ],
    [
      'what somebody else sent',
      [],
      [listed('a')],
      { kind: 'unknown', reason: 'notInLog', theirStatus: 'delivered' },
    ],
    [
      'a text of which we know a status alone',
      [logged('a', { body: null })],
      [listed('a')],
      { kind: 'unknown', reason: 'statusOnly' },
    ],
    ['nothing in what the carrier answers by itself', [], [listed('a', { direction: 'answer' })], undefined],
    [
      'a callback that never came',
      [logged('a', { status: 'sent' })],
      [listed('a')],
      { kind: 'neverFinal', reason: 'callbackMissed', ourStatus: 'sent', theirStatus: 'delivered' },
    ],
    [
      'a text that is under way for too long',
      [logged('a', { status: 'queued' })],
      [listed('a', { status: 'sent' })],
      { kind: 'neverFinal', reason: 'stillUnderWay' },
    ],
    [
      'nothing in a text that is still young',
      [logged('a', { status: 'sent', at: minute(599) })],
      [listed('a', { status: 'sent' })],
      undefined,
    ],
    [
      'another end than ours',
      [logged('a')],
      [listed('a', { status: 'undelivered' })],
      { kind: 'disagreement', reason: 'otherStatus', ourStatus: 'delivered', theirStatus: 'undelivered' },
    ],
    ['nothing in delivered here and read there', [logged('a')], [listed('a', { status: 'read' })], undefined],
    [
      'a text that we gave up and the carrier sent',
      [logged('a', { sids: [], status: 'failed' })],
      [listed('b', { body: 'text a' })],
      { kind: 'disagreement', reason: 'sentAfterAll', messageId: 'm-a', sids: ['SM-b'], ourStatus: 'failed' },
    ],
  ])('finds %s', (_what, ours, theirs, finding) => {
    expect(judge(ours, theirs)).toEqual(finding === undefined ? [] : [expect.objectContaining(finding)]);
  });

  it('gives each text without an id one copy alone: the next is doubled or unknown', () => {
    const copies = [listed('x', { body: 'text a' }), listed('y', { body: 'text a', at: minute(1) })];
    const reasons = judge([logged('a', { sids: [], status: 'failed' })], copies).map(({ reason }) => reason);
    expect(reasons).toEqual(expect.arrayContaining(['sentAfterAll', 'notInLog']));
  });

  it('leaves out what comes from numbers that are not ours, unless our log has it', () => {
    const theirs = [listed('a', { from: '+12025550199' }), listed('b'), listed('c')];
    const concernsUs = ({ from }: CarrierMessage): boolean => from === ownNumber;
    expect(judge([logged('c')], theirs, { concernsUs })).toMatchObject([{ kind: 'unknown', sids: ['SM-b'] }]);
    expect(
      judge([logged('a')], [listed('a', { from: '+12025550199', status: 'failed' })], { concernsUs }),
    ).toMatchObject([{ kind: 'disagreement' }]);
  });

  it('asks for what the neighbourhood does not show, and believes the answer', () => {
    const slice = {
      ours: { fresh: [logged('a')], around: [logged('a')] },
      theirs: { fresh: [listed('b')], around: [listed('b')] },
    };
    expect(unseenIn(slice)).toEqual({ atCarrier: ['SM-a'], inLog: ['SM-b'] });
    const facts = { fetched: [listed('a')], loaded: [logged('b')] };
    expect(judgeSlice(slice, facts, { rules, claims: new Map() }).findings).toEqual([]);
  });

  it('finds the same in any order of both logs, and nothing more for what agrees', () => {
    const wrong = {
      ours: [
        logged('lost'),
        logged('two', { sids: ['SM-1', 'SM-2'] }),
        logged('gone', { sids: [], status: 'failed' }),
      ],
      theirs: [listed('1'), listed('2'), listed('odd'), listed('late', { body: 'text gone' })],
    };
    const names = fc.uniqueArray(fc.integer({ min: 10, max: 99 }).map(String), { maxLength: 10 });
    const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    const logs = names.chain((same) =>
      fc.tuple(
        shuffled([...wrong.ours, ...same.map((name) => logged(name))]),
        shuffled([...wrong.theirs, ...same.map((name) => listed(name))]),
      ),
    );
    const expected = judge(wrong.ours, wrong.theirs);
    expect(expected.map(({ reason }) => reason).sort()).toEqual([
      'notAtCarrier',
      'notInLog',
      'sentAfterAll',
      'severalSids',
    ]);
    fc.assert(fc.property(logs, ([ours, theirs]) => expect(judge(ours, theirs)).toEqual(expected)));
  });
});
