import { inMemory } from './core';
import { courses, handle } from './full-drill';
import { measurementsTable, summary } from './measure';

describe('the mix that is measured', () => {
  it.each(courses.map((course, index) => ({ course, index })))(
    'is ten commands that play a whole drill (trainee $index)',
    ({ course }) => {
      let state = course.start;
      const happened = course.commands.flatMap((command, index) => {
        const step = handle(state, command, index);
        state = step.state;
        return step.events.map(({ type }) => type);
      });
      expect(course.commands).toHaveLength(10);
      const count = (type: string): number => happened.filter((each) => each === type).length;
      expect(['PromptCompleted', 'PromptFailed', 'DrillCompleted', 'NextDrillRequested'].map(count)).toEqual([
        4, 3, 1, 1,
      ]);
      expect(inMemory(course)).toBe(happened.length);
    },
  );
});

describe('the report', () => {
  it('shows the extremes, the median and whether the goal is met', () => {
    const measured = summary(
      { name: 'speed', unit: 'per second', goal: { at: 'least', value: 200 } },
      [300, 100, 400],
    );
    expect(measured).toMatchObject({ min: 100, median: 300, max: 400, rounds: 3 });
    expect(measurementsTable([measured])).toContain('at least 200: met, 1.50x');
  });
  it('has nothing to say of nothing', () =>
    expect(() => summary({ name: 'speed', unit: 's' }, [])).toThrow('speed'));
});
