/** How much of the texts of a day there have been, and how fast they come. */
export type Course = {
  readonly done: number;
  /** How many a day of so many trainees has, by the days that were played. */
  readonly expected: number;
  readonly perSecond: number;
};

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const untilDone = ({ done, expected, perSecond }: Course): string => {
  const seconds = (expected - done) / perSecond;
  if (done >= expected) return 'those who think longest are left';
  if (!Number.isFinite(seconds)) return 'nobody writes or is texted now';
  return seconds < 90 ? `about ${whole(seconds)} s left` : `about ${whole(seconds / 60)} min left`;
};

/** How far a day is, for who waits for it. */
export const courseLine = (course: Course): string =>
  `${whole(course.done)} of about ${whole(course.expected)} texts, ${whole(course.perSecond)} a second, ${untilDone(course)}`;
