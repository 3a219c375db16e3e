import type { DrillContent } from '@stopcovid/contracts';
import { toCatalogue, type Beside, type Catalogue } from './catalogue';
import { checkDrill, type LintOptions } from './check-drill';
import { costOf, type DrillCost } from './cost';
import { checkCourse, courseKeywords, readCourse, type CourseReading } from './course-file';
import { checkTitle } from './course-title';
import { checkDrips, drillsOfDrips, type Drips, type DripsReading } from './drips-file';
import { readDrill, type DrillReading } from './drill-file';
import { fromSource, located, type Read } from './located';
import { prepareDrills } from './other-words';
import type { Problem } from './problem';
import { besideOf, isSettingsFile, lintSettingsFiles } from './settings-files';
import { parseSource, type SourceFile } from './source';

/** What lint has to say: every problem, the catalogue if none of them is an error, and what each drill costs. */
export type LintReport = {
  readonly problems: readonly Problem[];
  readonly catalogue?: Catalogue;
  readonly cost: readonly DrillCost[];
};

type Drill = DrillReading & { readonly file: string };

const courseFile = /^course\.(?:ya?ml|json)$/i;
const drillFile = /^[^./][^/]*\.(?:ya?ml|json)$/i;

/** Whether lint reads a file of this name; pictures and anything else beside the drills is none of its business. */
export const isContentFile = (path: string): boolean => drillFile.test(path);

/** Whether a file holds a drill, and not what is about all of them. */
export const isDrillFile = (path: string): boolean =>
  isContentFile(path) && !courseFile.test(path) && !isSettingsFile(path);

type ReadFile = {
  readonly path: string;
  readonly reading?: DrillReading;
  readonly problems: readonly Problem[];
};

const readFile = ({ path, text }: SourceFile): ReadFile => {
  const { tree, problems } = parseSource(text);
  if (!tree) return { path, problems: problems.map((problem) => fromSource(path, problem)) };
  return {
    path,
    reading: readDrill(tree, path.replace(/\.[^.]*$/, '')),
    problems: problems.map((problem) => fromSource(path, problem)),
  };
};

/** Reads all drills before any is judged: the lists of words are long, and read once for all. */
const readDrills = (files: readonly SourceFile[]): readonly ReadFile[] => {
  const read = files.map(readFile);
  const contents = prepareDrills(
    read.flatMap(({ reading }) => reading?.content ?? reading?.others?.content ?? []),
  );
  let next = 0;
  return read.map((file) => {
    const { reading } = file;
    if (!reading?.content && !reading?.others) return file;
    const content = contents[next++];
    if (!content) return file;
    return reading.others
      ? { ...file, reading: { ...reading, others: { ...reading.others, content } } }
      : { ...file, reading: { ...reading, content } };
  });
};

const lintDrill = ({ path, reading, problems }: ReadFile, options: LintOptions): Read<Drill> => {
  if (!reading) return { problems };
  const findings = [...reading.findings, ...checkDrill(reading, options)];
  return {
    value: { ...reading, file: path },
    problems: [...problems, ...findings.map((finding) => located(path, reading, finding))],
  };
};

const lintCourse = ({ path, text }: SourceFile): Read<CourseReading & { readonly file: string }> => {
  const { tree, problems } = parseSource(text);
  if (!tree) return { problems: problems.map((problem) => fromSource(path, problem)) };
  const reading = readCourse(tree);
  return {
    value: { ...reading, file: path },
    problems: [
      ...problems.map((problem) => fromSource(path, problem)),
      ...reading.findings.map((finding) => located(path, reading, finding)),
    ],
  };
};

type WithContent = Drill & { readonly content: DrillContent };
const hasContent = (drill: Drill): drill is WithContent => drill.content !== undefined;

const sameNames = (drills: readonly WithContent[]): readonly Problem[] =>
  drills.flatMap((drill, index) => {
    const first = drills.findIndex(({ content }) => content.slug === drill.content.slug);
    const message = `the drill '${drill.content.slug}' is already in ${drills[first]?.file}`;
    return first === index
      ? []
      : [located(drill.file, drill, { code: 'duplicate-drill', path: ['slug'], message })];
  });

const leftOut = (
  course: CourseReading['course'],
  drills: readonly WithContent[],
  drips: Drips = {},
): readonly Problem[] => {
  const slugs = new Set<string>(drills.map(({ content }) => content.slug));
  const asked = new Set([
    ...courseKeywords(course, slugs).drills.map(({ drill }) => drill),
    ...drillsOfDrips(drips).map(({ slug }): string => slug),
  ]);
  return drills
    .filter(({ content }) => !course.drills.includes(content.slug) && !asked.has(content.slug))
    .map((drill) => {
      const message = `neither the course nor a drip nor a keyword leads to '${drill.content.slug}'`;
      return located(drill.file, drill, { code: 'drill-not-in-course', path: [], message });
    });
};

const titleProblems = (
  course: CourseReading['course'],
  drills: readonly WithContent[],
): ReturnType<typeof checkTitle> =>
  checkTitle(
    course.title,
    drills.flatMap(({ content }) => (course.drills.includes(content.slug) ? content.languages : [])),
  );

type FileOf<Reading> = (Reading & { readonly file: string }) | undefined;

/** Drills that could not be read count as existing: the course is not to blame for them. */
const togetherProblems = (
  { value, drips }: { readonly value: FileOf<CourseReading>; readonly drips: FileOf<DripsReading> },
  drills: readonly WithContent[],
  files: readonly SourceFile[],
): readonly Problem[] => {
  if (!value) return sameNames(drills);
  const slugs = new Set<string>(drills.map(({ content }) => content.slug));
  const unread = files.map(({ path }) => path.replace(/\.[^.]*$/, '')).filter((name) => !slugs.has(name));
  const readable = new Set(drills.map(({ file }) => file.replace(/\.[^.]*$/, '')));
  const existing = new Set([...slugs, ...unread.filter((name) => !readable.has(name))]);
  return [
    ...sameNames(drills),
    ...[...checkCourse(value.course, existing), ...titleProblems(value.course, drills)].map((finding) =>
      located(value.file, value, finding),
    ),
    ...(drips?.settings === undefined
      ? []
      : checkDrips(drips.settings, existing).map((finding) => located(drips.file, drips, finding))),
    ...leftOut(value.course, drills, drips?.settings),
  ];
};

const missingCourse: Problem = {
  severity: 'error',
  file: 'course.yaml',
  line: 1,
  column: 1,
  code: 'course-missing',
  message: 'there is no course.yaml to put the drills in order',
};

const tooMany = (file: string): Problem => ({
  severity: 'error',
  file,
  line: 1,
  column: 1,
  code: 'file-too-large',
  message: `there are over ${mostFiles} files`,
});

/** More files than this are refused unread. */
export const mostFiles = 500;

const inOrder = (a: Problem, b: Problem): number =>
  a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;

const catalogueOf = (
  problems: readonly Problem[],
  course: CourseReading | undefined,
  { drills, beside }: { readonly drills: readonly WithContent[]; readonly beside: Beside },
): { readonly catalogue?: Catalogue } =>
  course && problems.every(({ severity }) => severity !== 'error')
    ? {
        catalogue: toCatalogue(
          course.course,
          drills.map(({ content }) => content),
          beside,
        ),
      }
    : {};

/** Judges the files of a drill directory by their texts alone. Total: whatever they hold, it answers with a report. */
export const lintFiles = (files: readonly SourceFile[], options: LintOptions = {}): LintReport => {
  const content = files.filter(({ path }) => isContentFile(path));
  const excess = content[mostFiles];
  if (excess) return { problems: [tooMany(excess.path)], cost: [] };
  const courseSource = content.find(({ path }) => courseFile.test(path));
  const course = courseSource ? lintCourse(courseSource) : { problems: [missingCourse] };
  const settings = lintSettingsFiles(content);
  const drillSources = content.filter(({ path }) => isDrillFile(path));
  const read = readDrills(drillSources).map((file) => lintDrill(file, options));
  const drills = read.flatMap(({ value }) => (value && hasContent(value) ? [value] : []));
  const problems = [
    ...course.problems,
    ...Object.values(settings).flatMap((file) => file.problems),
    ...read.flatMap((drill) => drill.problems),
    ...togetherProblems({ value: course.value, drips: settings.drips.value }, drills, drillSources),
  ].sort(inOrder);
  return {
    problems,
    ...catalogueOf(problems, course.value, { drills, beside: besideOf(settings) }),
    cost: drills.flatMap((drill) => costOf(drill.content)),
  };
};
