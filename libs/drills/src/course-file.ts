import { drillSlugSchema, type DrillSlug } from '@stopcovid/contracts';
import {
  compileKeywords,
  defaultKeywords,
  extendKeywords,
  plainText,
  type KeywordIndex,
  type KeywordTable,
} from '@stopcovid/dialog-core';
import { readTitle } from './course-title';
import type { Course } from './next-drill';
import { readPassMark } from './pass-mark';
import type { Finding, Path, Position } from './problem';
import { fieldsOf, listOf, mark, note, suggestion, textOf, type Reading } from './reader';
import type { Tree } from './source';

/** A course file read, as far as it goes, with what was wrong on the way. */
export type CourseReading = {
  readonly course: Course;
  readonly findings: readonly Finding[];
  readonly spots: ReadonlyMap<string, Position>;
};

export const courseFields = ['slug', 'drills', 'keywords', 'demoWords', 'passMark', 'title'];
const known: KeywordIndex = compileKeywords(defaultKeywords);

const slugOf = (reading: Reading, tree: Tree, path: Path): DrillSlug | undefined => {
  const text = textOf(reading, tree, path);
  if (text === undefined) return undefined;
  const slug = drillSlugSchema.safeParse(text);
  if (slug.success) return slug.data;
  note(reading, {
    code: 'bad-value',
    path,
    message: `'${text.slice(0, 64)}' ${slug.error.issues[0]?.message ?? 'is no name'}`,
  });
  return undefined;
};

const wordOf = (reading: Reading, tree: Tree, path: Path): string | undefined => {
  const word = textOf(reading, tree, path);
  if (word === undefined || plainText(word) !== '') return word;
  note(reading, { code: 'empty-text', path, message: 'a keyword needs a letter or a number' });
  return undefined;
};

const readKeywords = (reading: Reading, tree: Tree): Course['keywords'] => {
  const path = ['keywords'];
  const names = tree.kind === 'map' ? [...tree.fields.keys()] : ['change-name'];
  const entries = [...fieldsOf(reading, { tree, path }, names)].flatMap(([drill, field]) => {
    const words = listOf(reading, { tree: field.tree, path: [...path, drill] }, (item, below) =>
      wordOf(reading, item, below),
    );
    const slug = slugOf(reading, { kind: 'scalar', at: field.at, text: drill, value: drill }, [
      ...path,
      drill,
    ]);
    return slug ? [[slug, words] as const] : [];
  });
  return Object.fromEntries(entries);
};

const passMarkIn = (reading: Reading, tree: Tree): Pick<Course, 'passMark'> => {
  const passMark = readPassMark(reading, tree, ['passMark']);
  return passMark === undefined ? {} : { passMark };
};

const titleIn = (reading: Reading, tree: Tree): Pick<Course, 'title'> => {
  const title = readTitle(reading, tree);
  return title === undefined ? {} : { title };
};

/** Reads `course.yaml`: the drills in order, words that ask for a drill or for a demonstration, pass mark and title. */
export const readCourse = (tree: Tree): CourseReading => {
  const reading: Reading = { findings: [], spots: new Map(), languages: [] };
  const fields = fieldsOf(reading, { tree, path: [] }, courseFields);
  const [slug, drills, keywords, demo, passMark, title] = courseFields.map((name) => fields.get(name)?.tree);
  if (!drills)
    note(reading, { code: 'missing-field', path: [], message: `'drills' is missing: list them in order` });
  const course: Course = {
    slug: (slug && slugOf(reading, slug, ['slug'])) ?? 'course',
    drills: drills
      ? listOf(reading, { tree: drills, path: ['drills'] }, (item, path) => slugOf(reading, item, path))
      : [],
    ...(keywords && { keywords: readKeywords(reading, keywords) ?? {} }),
    ...(demo && {
      demoWords: listOf(reading, { tree: demo, path: ['demoWords'] }, (item, path) =>
        wordOf(reading, item, path),
      ),
    }),
    ...(passMark && passMarkIn(reading, passMark)),
    ...(title && titleIn(reading, title)),
  };
  mark(reading, [], tree.at);
  return { course, findings: [...reading.findings, ...takenWords(course)], spots: reading.spots };
};

type Word = { readonly word: string; readonly meaning: string; readonly path: Path };

const wordsOf = (course: Course): readonly Word[] => [
  ...Object.entries(course.keywords ?? {}).flatMap(([drill, words]) =>
    (words ?? []).map((word, index) => ({ word, meaning: drill, path: ['keywords', drill, index] })),
  ),
  ...(course.demoWords ?? []).map((word, index) => ({ word, meaning: 'demo', path: ['demoWords', index] })),
];

const ownMeaning = (word: string): string | undefined => {
  const plain = plainText(word);
  const meaning = known.exact.get(plain)?.kind;
  if (meaning !== undefined && meaning !== 'drill') return meaning;
  return known.optIn.has(plain) ? 'optIn' : undefined;
};

/** A course may give a word of the built-in drills to another drill, but never one of consent, help or the menu. */
const takenWords = (course: Course): readonly Finding[] => {
  const given = new Map<string, string>();
  return wordsOf(course).flatMap(({ word, meaning, path }): Finding[] => {
    const other = given.get(plainText(word)) ?? ownMeaning(word);
    given.set(plainText(word), meaning);
    return other === undefined || other === meaning
      ? []
      : [{ code: 'keyword-taken', path, message: `'${word}' already means ${other}` }];
  });
};

/** What of a course only makes sense beside the drills: which of those it names exist, and which it leaves out. */
export const checkCourse = (course: Course, drills: ReadonlySet<string>): readonly Finding[] => {
  const unknown = (drill: string, path: Path): Finding[] =>
    drills.has(drill)
      ? []
      : [
          {
            code: 'course-unknown-drill',
            path,
            message: `there is no drill '${drill}'${suggestion(drill, [...drills])}`,
          },
        ];
  return [
    ...course.drills.flatMap((drill, index) => [
      ...unknown(drill, ['drills', index]),
      ...(course.drills.indexOf(drill) === index
        ? []
        : [
            {
              code: 'duplicate-drill',
              path: ['drills', index],
              message: `'${drill}' is in the course twice`,
            } as const,
          ]),
    ]),
    ...Object.keys(course.keywords ?? {}).flatMap((drill) => unknown(drill, ['keywords', drill])),
  ];
};

/** The words that the dialog listens for: its own and the course's, without those of drills that there are not. */
export const courseKeywords = (course: Course, drills: ReadonlySet<string>): KeywordTable => {
  const added = Object.entries(course.keywords ?? {}).map(([drill, words]) => ({
    drill,
    words: words ?? [],
  }));
  const demo = (course.demoWords ?? []).filter((word) => ownMeaning(word) === undefined);
  const all = extendKeywords(defaultKeywords, { drills: added, words: { en: { demo } } });
  return { ...all, drills: all.drills.filter(({ drill }) => drills.has(drill)) };
};
