import type { RunFigures } from './run-figures';

/** The figures of runs that these employers' trainees began, of all where there is no limit. */
export const figuresWithin = (figures: RunFigures, employers: readonly string[] | undefined): RunFigures =>
  employers === undefined
    ? figures
    : {
        counts: (filter, by) => figures.counts({ ...filter, employers }, by),
        extents: (filter, by) => figures.extents({ ...filter, employers }, by),
        runs: (filter) => figures.runs({ ...filter, employers }),
        running: (filter, after) => figures.running({ ...filter, employers }, after),
        replyDays: (filter, by) => figures.replyDays({ ...filter, employers }, by),
      };
