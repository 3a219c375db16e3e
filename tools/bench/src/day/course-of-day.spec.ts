import { courseLine } from './course-of-day';

it.each([
  [
    { done: 34_000, expected: 340_000, perSecond: 170 },
    '34,000 of about 340,000 texts, 170 a second, about 30 min left',
  ],
  [
    { done: 330_000, expected: 340_000, perSecond: 200 },
    '330,000 of about 340,000 texts, 200 a second, about 50 s left',
  ],
  [
    { done: 10, expected: 340, perSecond: 0 },
    '10 of about 340 texts, 0 a second, nobody writes or is texted now',
  ],
  [
    { done: 350, expected: 340, perSecond: 5 },
    '350 of about 340 texts, 5 a second, those who think longest are left',
  ],
])('how far a day is: %j', (course, line) => expect(courseLine(course)).toBe(line));
