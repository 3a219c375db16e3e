import type { OwnCopy } from '@stopcovid/sms-copy';
import { sha256Of } from './drill-hash';
import { followSources, type FollowedCatalogue, type Following } from './follow';
import { lintCopy } from './settings-files';
import type { Judge } from './watch';

/** What is said otherwise than in our own words, as it is now; `version` names the very content. */
export type HeldCopy = { readonly version: string; readonly copy: OwnCopy };

/** The drills beside it are not judged: they are long, and nothing that is said depends on them. */
const judgeCopy: Judge<HeldCopy> = ({ files }) => {
  const { copy = {}, problems } = lintCopy(files);
  return problems.some(({ severity }) => severity === 'error')
    ? { ok: false, problems }
    : { ok: true, held: { version: sha256Of(copy), copy }, warnings: problems };
};

/**
 * Reads `copy.yaml` where the drills are, and again whenever it changes; without the file all is said as we say it.
 * Throws with every problem when it cannot be used.
 */
export const followCopy = (followed: Following<HeldCopy>): Promise<FollowedCatalogue<HeldCopy>> =>
  followSources(followed, judgeCopy);
