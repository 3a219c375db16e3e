import { accountSchema, profileChangesSchema, type Account, type ProfileChanges } from '@stopcovid/contracts';
import { given, inWorld, registered } from './dialog.testkit';

/** A value of each field that may be absent: a new field does not compile until it has one. */
const account: Required<Account> = {
  employerId: 'acme',
  employerName: 'Acme',
  unitId: 'north',
  unitName: 'North',
  personId: 'p-1',
  labels: ['nights'],
  messagingServiceSid: `MG${'0'.repeat(32)}`,
  dates: { hired: '2026-02-16' },
};
const profile: Required<Omit<ProfileChanges, 'language' | 'answers'>> = {
  name: 'Ana',
  timeZone: 'America/Lima',
  timeZoneSource: 'import',
  deliveryDays: ['mon', 'thu'],
  preferredTime: '07:30',
};

const known = given(registered).when({ type: 'UpdateTrainee', account, profile });

describe('what may be absent', () => {
  it('is covered below field by field', () => {
    expect(Object.keys(accountSchema.shape).sort()).toEqual(Object.keys(account).sort());
    const all = ['answers', 'language', ...Object.keys(profile)];
    expect(Object.keys(profileChangesSchema.shape).sort()).toEqual(all.sort());
  });

  it.each(Object.keys(account))('can be forgotten: %s of the account', (field) => {
    const { trainee } = known.when({ type: 'UpdateTrainee', account: { [field]: null } }).state;
    expect(known.state.trainee.account).toHaveProperty(field);
    expect(trainee.account).toEqual({ ...account, [field]: undefined });
    expect(trainee.account).not.toHaveProperty(field);
  });

  it.each(Object.keys(profile))('can be forgotten: %s of the profile', (field) => {
    const { trainee } = known.when({ type: 'UpdateTrainee', profile: { [field]: null } }).state;
    expect(known.state.trainee.profile).toHaveProperty(field);
    expect(trainee.profile).not.toHaveProperty(field);
  });

  it('can be forgotten: an answer that a drill stored', () => {
    const told = given(registered).when({ type: 'UpdateTrainee', profile: { answers: { job: 'cook' } } });
    const { trainee } = told.when({ type: 'UpdateTrainee', profile: { answers: { job: null } } }).state;
    expect(trainee.profile.answers).toEqual({});
  });

  it('is on record as forgotten, where a field that was never known is no event', () => {
    const { batches } = known.when({ type: 'UpdateTrainee', account: { unitId: null, unitName: 'South' } });
    expect(batches.at(-1)?.events).toEqual([
      { type: 'TraineeUpdated', profile: {}, account: { unitName: 'South' }, forgotten: ['unitId'] },
    ]);
    given(registered)
      .when({ type: 'UpdateTrainee', account: { unitId: null } })
      .then();
  });

  it.each(['', ' '])('is never written as %j in its place', (blank) => {
    for (const field of Object.keys(account))
      expect(() => given(registered).when({ type: 'UpdateTrainee', account: { [field]: blank } })).toThrow(
        /refuses/,
      );
  });
});

describe('an employer without an id or a name', () => {
  const nobody = { employerId: '', employerName: ' ', unitId: '' };
  const world = {
    drills: [],
    codes: { BLANK: { status: 'Valid' as const, demo: false, account: { ...nobody, unitName: 'North' } } },
  };

  it('is none, and its blank fields are not on record', () => {
    const [first] = inWorld(world).when('BLANK').batches;
    expect(first?.events).toMatchObject([{ type: 'TraineeRegistered' }]);
    expect(first?.events[0]).toHaveProperty('account', { unitName: 'North' });
  });

  it.each(['a text', 'an enrolment'])(
    'leaves its trainee free to register with another code, after %s',
    (how) => {
      const first =
        how === 'a text' ? 'BLANK' : { type: 'EnrolTrainee' as const, code: 'BLANK', source: 'web' };
      const { account: left } = inWorld(world).when(first).state.trainee;
      expect(left).toEqual({ unitName: 'North' });
      inWorld(world).when(first).when('blank').then({ type: 'TraineeRegistered' });
    },
  );

  it('is none in what was recorded before, either', () =>
    inWorld(world, { ...registered, account: nobody })
      .when('blank')
      .then({ type: 'TraineeRegistered' }));
});
