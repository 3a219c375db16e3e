import type { RunFigures } from './run-figures';

/** The figures of runs that these employers' trainees began, of all where there is no limit. */
export const figuresWithin = (figures: RunFigures, employers: readonly string[] | undefined): RunFigures =>
  employers === undefined
    ? figures
    : {
        counts: (filter, by) => figures.counts({ ...filter, employers }, by),
        extents: (filter, by) => figures.extents({ ...filter, employers }, by),
        questions: (filter) => figures.questions({ ...filter, employers }),
        runs: (filter, depth) => figures.runs({ ...filter, employers }, depth),
        inOrder: (listed, depth, from) => figures.inOrder({ ...listed, employers }, depth, from),
        replyDays: (filter, by) => figures.replyDays({ ...filter, employers }, by),
      };
