import type { DrillSlug } from '@stopcovid/contracts';

/** The order in which drills are given; the first one follows registration. */
export type Course = {
  readonly slug: string;
  readonly drills: readonly DrillSlug[];
  /** Words that ask for a drill by name, beyond those that the dialog knows anyway. */
  readonly keywords?: Readonly<Partial<Record<DrillSlug, readonly string[]>>>;
  /** Words with which a prospect asks for a demonstration. */
  readonly demoWords?: readonly string[];
  /** How many percent of all its graded prompts must be right at the first attempt. */
  readonly passMark?: number;
  /** How people call it, by language; without one its slug has to do. */
  readonly title?: Readonly<Record<string, string>>;
};

/** What one trainee has done so far, by the names of drills. */
export type History = {
  readonly started: ReadonlySet<DrillSlug>;
  readonly completed: ReadonlySet<DrillSlug>;
};

/** The first drill that was never started, else the first one that was never completed, else none. */
export const nextDrill = (course: Course, { started, completed }: History): DrillSlug | undefined =>
  course.drills.find((drill) => !started.has(drill)) ?? course.drills.find((drill) => !completed.has(drill));
