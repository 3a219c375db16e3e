import type { Employers, ProgressStore } from './progress-store';

/** What can be asked of some employers alone. */
export type AskedProgress = Pick<ProgressStore, 'trainee' | 'runsOf' | 'trainees' | 'phonesOfPersons'>;

/** What a store has of these employers: whoever is of others is not there. Of all where there is no limit. */
export const withinEmployers = (store: AskedProgress, employers: Employers | undefined): AskedProgress => {
  if (employers === undefined) return store;
  return {
    trainee: (phone) => store.trainee(phone, employers),
    runsOf: (phone, limit) => store.runsOf(phone, limit, employers),
    trainees: (filter, page) => store.trainees({ ...filter, employers }, page),
    phonesOfPersons: async (personIds) =>
      (await store.phonesOfPersons(personIds)).filter(
        ({ employerId }) => employerId !== undefined && employers.includes(employerId),
      ),
  };
};
