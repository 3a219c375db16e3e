import { closing, drill } from './broken.testkit';
import type { ProblemCode } from './problem-codes';

export const sound = { path: 'hands.yaml', text: drill(closing) };

/** A course with one thing amiss: code, what it is, its text, and where it is to be found. */
export const brokenCourses: readonly (readonly [ProblemCode, string, string, string])[] = [
  ['course-unknown-drill', 'a drill that does not exist', 'drills: [hands, feet]\n', 'course.yaml:1:17'],
  [
    'course-unknown-drill',
    'a keyword of a drill that does not exist',
    'drills: [hands]\nkeywords: { feet: [toe] }\n',
    'course.yaml:2:13',
  ],
  ['duplicate-drill', 'a drill given twice', 'drills: [hands, hands]\n', 'course.yaml:1:17'],
  ['drill-not-in-course', 'a drill that is left out', 'drills: []\n', 'hands.yaml:1:1'],
  [
    'keyword-taken',
    'a keyword of consent',
    'drills: [hands]\nkeywords: { hands: [stop] }\n',
    'course.yaml:2:21',
  ],
  [
    'keyword-taken',
    'a keyword that opts in',
    'drills: [hands]\nkeywords: { hands: [unstop] }\n',
    'course.yaml:2:21',
  ],
  ['missing-field', 'no list of drills', 'keywords: { hands: [manos] }\n', 'course.yaml:1:1'],
  ['bad-value', 'a drill that is no name', 'drills: [Hands!, hands]\n', 'course.yaml:1:10'],
  ['wrong-type', 'a title in no language', 'drills: [hands]\ntitle: Hands\n', 'course.yaml:2:8'],
  [
    'missing-language',
    'a title without a language of its drills',
    'drills: [hands]\ntitle: { es: Manos }\n',
    'course.yaml:2:8',
  ],
  ['empty-text', 'a title of blanks', 'drills: [hands]\ntitle: { en: " " }\n', 'course.yaml:2:14'],
  [
    'bad-value',
    'a title in a language that is none',
    'drills: [hands]\ntitle: { en: Hands, spanish: Manos }\n',
    'course.yaml:2:21',
  ],
  [
    'bad-value',
    'a title that fits in no text',
    `drills: [hands]\ntitle: { en: ${'x'.repeat(101)} }\n`,
    'course.yaml:2:14',
  ],
  [
    'empty-text',
    'a keyword of punctuation',
    'drills: [hands]\nkeywords: { hands: ["!"] }\n',
    'course.yaml:2:21',
  ],
];

/** One of our own sentences, replaced by one with something amiss. */
export const brokenSentences: readonly (readonly [ProblemCode, string])[] = [
  ['copy-incomplete', 'praise: { vi: Yes }'],
  ['copy-lacks-placeholder', 'reveal: { en: Another one. }'],
  ['copy-word-unheard', 'moreWord: { en: FURTHER }'],
  ['copy-costs-more', `thanks: { en: ${'welcome '.repeat(45)} }`],
];
