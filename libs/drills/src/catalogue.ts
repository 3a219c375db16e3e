import type { ScheduleSettings } from '@stopcovid/calendar';
import type { DrillContent, DrillHash, DrillRevision, DrillSlug } from '@stopcovid/contracts';
import type { KeywordTable } from '@stopcovid/dialog-core';
import { courseKeywords } from './course-file';
import type { OwnCopy } from '@stopcovid/sms-copy';
import type { Drips } from './drips-file';
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
  /** What comes so long before or after a date of the trainee. */
  readonly drips?: Drips;
  /** What we say otherwise than in our own words. */
  readonly copy?: OwnCopy;
};

/** What else there may be beside a course and its drills; what is absent has no key. */
export type Beside = Pick<Catalogue, 'schedule' | 'drips' | 'copy'>;

/** Puts a course, its drills and what is beside them together; all have passed lint. */
export const toCatalogue = (
  course: Course,
  contents: readonly DrillContent[],
  beside: Beside = {},
): Catalogue => {
  const revisions = contents.map(toRevision).sort((a, b) => (a.content.slug < b.content.slug ? -1 : 1));
  return {
    version: sha256Of({
      course,
      revisions: revisions.map(({ hash }) => hash),
      ...beside,
    }),
    course,
    revisions: new Map(revisions.map((revision) => [revision.content.slug, revision])),
    byHash: new Map(revisions.map((revision) => [revision.hash, revision])),
    keywords: courseKeywords(course, new Set(contents.map(({ slug }) => slug))),
    ...beside,
  };
};
