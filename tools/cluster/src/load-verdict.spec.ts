import { faultsOf, type CrowdProgress } from './load-verdict';

const well: CrowdProgress = {
  state: 'finished',
  texts: 10,
  accepted: 10,
  refused: 0,
  lost: 0,
  underWay: 0,
  waiting: 0,
  heard: 12,
  textsPerSecond: 5,
  replyMs: { p50: 200, p99: 900, longest: 1_000 },
};
const sent = [1, 2].map((id) => ({ to: '+13035550100', statusCallback: `http://ingress/status/${id}` }));

it('finds nothing where all were answered once and in time', () => expect(faultsOf(well, sent)).toEqual([]));

it.each<[string, Partial<CrowdProgress>, RegExp]>([
  ['a text that was not taken', { accepted: 9 }, /only 9 were taken/],
  ['somebody who was never answered', { waiting: 1 }, /1 people were never answered/],
  ['a late reply', { replyMs: { p50: 1, p99: 2, longest: 15_001 } }, /took 15001 ms/],
  ['a load that never began', { texts: 0, accepted: 0 }, /nobody texted/],
])('finds %s', (_what, wrong, said) =>
  expect(faultsOf({ ...well, ...wrong }, sent)).toEqual([expect.stringMatching(said)]),
);

it('finds a text that was sent twice', () =>
  expect(faultsOf(well, [...sent, ...sent.slice(0, 1)])).toEqual([
    expect.stringMatching(/1 texts were sent twice/),
  ]));
