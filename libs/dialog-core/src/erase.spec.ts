import { given, optedOut, registered, started } from './dialog.testkit';
import { initialState } from './state';

const erase = { type: 'EraseTrainee', by: 'privacy-desk' } as const;
const erased = { type: 'TraineeErased', by: 'privacy-desk' } as const;
const nobody = initialState();
const silent = { ...nobody, trainee: { ...nobody.trainee, optedOut: true } };

describe('who is erased', () => {
  it.each([
    ['was never heard of', given()],
    ['is registered', given(registered)],
    ['is in the midst of a drill', given(registered, started)],
    ['has set up their schedule', given(registered, { type: 'SchedulePaused', reason: 'operator' })],
  ])('is nobody afterwards: who %s', (_who, talk) => {
    const after = talk.when(erase);
    after.then(erased);
    expect(after.state).toEqual(nobody);
  });

  it('stays opted out, and nothing else is left', () => {
    const after = given(registered, started, optedOut).when(erase);
    after.then(erased);
    expect(after.state).toEqual(silent);
  });

  it('is not led on to where a drill was cut off', () => {
    const after = given(registered, started, optedOut).when(erase).when('START');
    expect(after.batches.at(-1)?.events.map(({ type }) => type)).not.toContain('DrillStarted');
  });

  it('is as new to us when they register again', () => {
    const after = given(registered, started).when(erase).when('ACME');
    expect(after.state).toEqual(given().when('ACME').state);
  });

  it('can be erased again', () => given(registered).when(erase).when(erase).then(erased));
});
