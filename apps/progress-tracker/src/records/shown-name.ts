import type { TraineeProgress } from '../progress/evolve-progress';

/** What a drill stores once a trainee lets their name be shown on their record. */
export const showNameField = 'showNameOnRecord';

/** The name of a trainee, where they let it be shown. */
export const shownName = (progress: TraineeProgress | undefined): string | undefined =>
  progress?.trainee.profile.answers[showNameField] === true ? progress.trainee.profile.name : undefined;
