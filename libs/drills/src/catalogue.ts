import type { ScheduleSettings } from '@stopcovid/calendar';
import type { DrillContent, DrillHash, DrillRevision, DrillSlug } from '@stopcovid/contracts';
import type { KeywordTable } from '@stopcovid/dialog-core';
import { courseKeywords } from './course-file';
import { sha256Of, toRevision } from './drill-hash';
import type { Course } from './next-drill';

/** All that may be taught: the course, its drills by name and by revision, and the words that ask for them. */
export type Catalogue = {
  /** Names this very content, whatever the files were called: equal versions teach the same. */
  readonly version: string;
  readonly course: Course;
  readonly revisions: ReadonlyMap<DrillSlug, DrillRevision>;
  readonly byHash: ReadonlyMap<DrillHash, DrillRevision>;
  readonly keywords: KeywordTable;
  /** When the organisation's trainees get their drills; without it nothing is scheduled for them all. */
  readonly schedule?: ScheduleSettings;
};

/** Puts a course, its drills and the schedule together; all have passed lint. */
export const toCatalogue = (
  course: Course,
  contents: readonly DrillContent[],
  schedule?: ScheduleSettings,
): Catalogue => {
  const revisions = contents.map(toRevision).sort((a, b) => (a.content.slug < b.content.slug ? -1 : 1));
  return {
    version: sha256Of({
      course,
      revisions: revisions.map(({ hash }) => hash),
      ...(schedule && { schedule }),
    }),
    course,
    revisions: new Map(revisions.map((revision) => [revision.content.slug, revision])),
    byHash: new Map(revisions.map((revision) => [revision.hash, revision])),
    keywords: courseKeywords(course, new Set(contents.map(({ slug }) => slug))),
    ...(schedule && { schedule }),
  };
};
