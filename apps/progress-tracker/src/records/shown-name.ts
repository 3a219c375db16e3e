import type { TraineeProgress } from '../progress/evolve-progress';

/** What a drill stores once a trainee lets their name be shown on their record. */
const showNameField = 'showNameOnRecord';

/** The name of a trainee, where they let it be shown. */
export const shownName = (progress: TraineeProgress | undefined): string | undefined =>
  progress?.trainee.profile.answers[showNameField] === true ? progress.trainee.profile.name : undefined;

const mostInitials = 3;

const initialsOf = (name: string): string =>
  name
    .split(/[\s-]+/)
    .map((part) => [...part].find((sign) => /\p{L}/u.test(sign)))
    .flatMap((letter) => (letter === undefined ? [] : [`${letter.toUpperCase()}.`]))
    .slice(0, mostInitials)
    .join(' ');

/** How a page may call a trainee: by their name where they said so, else by initials; not at all without a name. */
export const holderOf = (progress: TraineeProgress | undefined): string | undefined =>
  shownName(progress) ?? (initialsOf(progress?.trainee.profile.name ?? '') || undefined);
