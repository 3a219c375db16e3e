import type { Command, DrillContent, DrillRevision } from '@stopcovid/contracts';
import { asWritten, formatProblem, lintFiles, toRevision } from '@stopcovid/drills';

/** A drill that travelled with its command, under its hash, or why it cannot be used. */
export type TravellingDrill =
  | { readonly ok: true; readonly revision: DrillRevision }
  | { readonly ok: false; readonly reason: string };

const refused = (reason: string): TravellingDrill => ({ ok: false, reason });

/** Makes a revision of a command's own content, which must be the drill and the revision that the command names. */
export const revisionOf = ({
  content,
  drill,
  revision: expected,
}: Command<'StartDrill'>): TravellingDrill => {
  if (content === undefined) return refused('the command carries no drill');
  if (content.slug !== drill) return refused(`the content is of ${content.slug}, not of ${drill}`);
  const revision = toRevision(content);
  if (expected !== undefined && expected !== revision.hash)
    return refused(`the content is revision ${revision.hash}, not ${expected}`);
  const errors = errorsIn(content);
  return errors.length > 0 ? refused(errors.join('\n')) : { ok: true, revision };
};

/** Judged as the only drill of a course, by the same rules as a drill in a file. */
const errorsIn = (content: DrillContent): readonly string[] => {
  const course = { slug: 'travelling', drills: [content.slug] };
  const { problems } = lintFiles([
    { path: 'course.json', text: JSON.stringify(course) },
    { path: `${content.slug}.json`, text: JSON.stringify(asWritten(content)) },
  ]);
  return problems.filter(({ severity }) => severity === 'error').map(formatProblem);
};
