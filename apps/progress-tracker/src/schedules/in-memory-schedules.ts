import { afterChange, idOfOwner, type Schedules, type StoredSchedule } from './schedules';

/** Settings in this process alone: gone when it ends. */
export const inMemorySchedules = (): Schedules => {
  const kept = new Map<string, StoredSchedule>();
  return {
    of: (owners) => Promise.resolve(owners.flatMap((owner) => kept.get(idOfOwner(owner)) ?? [])),
    set: (owner, settings, change) => {
      const before = kept.get(idOfOwner(owner));
      const next = afterChange(before, { owner, settings }, change) ?? before;
      if (next === undefined) throw new Error('settings that nobody has are always a change');
      kept.set(idOfOwner(owner), next);
      return Promise.resolve(next);
    },
    unmarked: (limit) => Promise.resolve([...kept.values()].filter(({ marked }) => !marked).slice(0, limit)),
    noteMarked: (owner, version) => {
      const known = kept.get(idOfOwner(owner));
      if (known?.version === version) kept.set(idOfOwner(owner), { ...known, marked: true });
      return Promise.resolve();
    },
    any: () => Promise.resolve(kept.size > 0),
  };
};
