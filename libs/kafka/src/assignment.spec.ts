import { Assignment } from './assignment';
import { isGroupError } from './group-errors';

const failure = (type: string): Error => Object.assign(new Error(type), { type });
const joined = (): Assignment => {
  const assignment = new Assignment();
  assignment.join({ 'sms.log.v1': [0, 2] });
  return assignment;
};

describe('a place in the group', () => {
  it('owns what the last join gave it, and nothing before a join', () => {
    expect(new Assignment().membership().places.size).toBe(0);
    expect([...joined().membership().places]).toEqual(['sms.log.v1/0', 'sms.log.v1/2']);
  });

  it('ends for the work of before when the group is joined again, even with the same partitions', () => {
    const assignment = joined();
    const before = assignment.membership();
    assignment.join({ 'sms.log.v1': [0, 2] });
    expect(before.signal.aborted).toBe(true);
    expect(assignment.membership().signal.aborted).toBe(false);
  });

  it('lets the slice at work be committed while the group rebalances, but begins no other', () => {
    const assignment = joined();
    assignment.failed(failure('REBALANCE_IN_PROGRESS'));
    expect(assignment.membership().signal.aborted).toBe(false);
    expect(assignment.trouble).toBeDefined();
  });

  it('is lost at once when the group no longer knows it, whatever a late heartbeat says', () => {
    const assignment = joined();
    assignment.failed(failure('UNKNOWN_MEMBER_ID'));
    assignment.wellAgain();
    expect(assignment.membership().signal.aborted).toBe(true);
    expect(assignment.trouble).toBeDefined();
  });

  it('is well again after a heartbeat that got through', () => {
    const assignment = joined();
    assignment.failed(new Error('connection closed'));
    expect(assignment.trouble).toBeDefined();
    assignment.wellAgain();
    expect(assignment.trouble).toBeUndefined();
  });

  it.each(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'])(
    '%s is for kafkajs to see',
    (type) => {
      expect(isGroupError(failure(type))).toBe(true);
    },
  );
  it('a bug of ours is not', () => expect(isGroupError(new TypeError('x'))).toBe(false));
});
