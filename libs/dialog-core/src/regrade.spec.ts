import { given, optedOut, registered, started } from './dialog.testkit';

const ruled = {
  runId: 'run-0',
  drill: 'handwashing',
  prompt: 'how-long',
  reply: 1,
  attempt: 1,
  response: 'twenty sec',
  was: 'wrong',
  now: 'right',
  ruling: { group: 'handwashing:how-long:1', number: 1 },
} as const;
const regrade = { type: 'RegradeReply', ...ruled } as const;
const windows = [{ opens: '2026-03-01T08:00:00.000Z', closes: '2026-03-01T18:00:00.000Z' }];
const delivery = { notAfter: '2026-03-01T18:00:00.000Z', windows };
const late = {
  notAfter: '2026-03-01T12:00:00.000Z',
  windows: [{ opens: '2026-03-01T08:00:00.000Z', closes: '2026-03-01T12:00:00.000Z' }],
};
const recorded = { type: 'ReplyRegraded', ...ruled } as const;

const deliveryIn = ({ batches }: ReturnType<typeof given>): unknown => {
  const event = batches.at(-1)?.events[0];
  return event?.type === 'ReplyRegraded' ? event.delivery : event;
};

describe('a ruling on a reply', () => {
  it('is on record long after its drill is over', () =>
    given(registered)
      .when({ ...regrade, delivery })
      .then({ ...recorded, delivery }));

  it.each([
    ['at the question itself', ruled],
    ['at another question', { ...ruled, prompt: 'why' }],
  ])('leaves a conversation where it is: %s', (_where, fields) => {
    const before = given(registered, started).when('a');
    expect(before.when({ ...regrade, ...fields }).state).toEqual(before.state);
  });

  it('of whoever never registered is no event', () => given().when(regrade).then());

  it('that is taken back is on record as that', () =>
    given(registered)
      .when({ ...regrade, was: 'right', now: 'wrong', withdrawn: true })
      .then({ ...recorded, was: 'right', now: 'wrong', withdrawn: true }));

  it.each([
    ['opted out', given(registered, optedOut), delivery],
    ['is paused', given(registered, { type: 'SchedulePaused', reason: 'operator' }), delivery],
    ['would hear of it too late', given(registered), late],
  ])('is on record of who %s, and they are not told', (_who, talk, hours) => {
    const after = talk.when({ ...regrade, delivery: hours });
    after.then(recorded);
    expect(deliveryIn(after)).toBeUndefined();
  });
});
