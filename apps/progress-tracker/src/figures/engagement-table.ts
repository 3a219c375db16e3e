import { rate, type Rate } from '@stopcovid/statistics';
import { inLines, keysFor, type Grouping, type Line } from './lines';
import { ratingsIn, type Ratings } from './ratings';
import { addRunCounts } from './run-facts';
import type { CountedGroup, ReplyDay, RunFigures, RunFilter } from './run-figures';

/**
 * Whether people take part. Active trainees are counted by the days of their replies, each once in a line; the rates are
 * of the runs that began then.
 */
export type Engagement = Ratings & {
  readonly activeTrainees: number;
  /** Started, of the assigned. */
  readonly engaged: Rate;
  /** Answered, of the prompts that were put. */
  readonly participation: Rate;
};

export type EngagementLine = { readonly group: Line } & Engagement;

/** `total` counts each trainee once, also one who is in several lines. */
export type EngagementTable = { readonly lines: readonly EngagementLine[]; readonly total: Engagement };

type Part = { readonly replied: ReplyDay } | { readonly began: CountedGroup };

const nameOf = (part: Part) =>
  'replied' in part ? { ...part.replied.name, day: part.replied.day } : part.began.name;

const engagementOf = (parts: readonly Part[]): Engagement => {
  const phones = parts.flatMap((part) => ('replied' in part ? [part.replied.phone] : []));
  const counts = addRunCounts(parts.flatMap((part) => ('began' in part ? [part.began.counts] : [])));
  return {
    activeTrainees: new Set(phones).size,
    engaged: rate(counts.started, counts.assigned),
    participation: rate(counts.answered, counts.reached),
    ...ratingsIn(counts),
  };
};

const partsOf = async (
  figures: RunFigures,
  filter: RunFilter,
  by: readonly Grouping[],
): Promise<readonly Part[]> => {
  const keys = keysFor(by);
  const parts: Part[] = (await figures.counts(filter, keys)).map((began) => ({ began }));
  for await (const replied of figures.replyDays(filter, keys)) parts.push({ replied });
  return parts;
};

/** Whether people take part, a line for each group in which anything was, in the order of their names. */
export const engagementTable = async (
  figures: RunFigures,
  filter: RunFilter,
  by: readonly Grouping[],
): Promise<EngagementTable> => {
  const [parts, all] = await Promise.all([
    by.length === 0 ? [] : partsOf(figures, filter, by),
    partsOf(figures, filter, []),
  ]);
  return {
    lines: inLines(parts, nameOf, by).map((line) => ({ group: line.group, ...engagementOf(line.parts) })),
    total: engagementOf(all),
  };
};
