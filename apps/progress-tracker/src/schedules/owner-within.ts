import type { Employers, ProgressStore } from '../progress/progress-store';
import type { ScheduleOwner } from './schedules';

/** Is this owner, or are they of, one of these employers? Everybody is where there is no limit. */
export const isOwnerWithin = async (
  owner: ScheduleOwner,
  employers: Employers | undefined,
  store: Pick<ProgressStore, 'trainee'>,
): Promise<boolean> => {
  if (employers === undefined) return true;
  if (owner.level !== 'trainee') return employers.includes(owner.employerId);
  return (await store.trainee(owner.phone, employers)) !== undefined;
};
