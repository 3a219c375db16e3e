import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../api/page-query';
import { Optional, toBoolean } from '../api/request-rules';
import { dayOf, daysAfter } from '../api/when';
import { given } from '../given';
import { Name, RunsQuery } from '../figures/stats-requests';
import { invalidParameter } from '../problems/problem';
import { mostReplies, TooManyReplies } from './reply-groups';
import { rulingVerdicts, type RulingVerdict } from './rulings';

/** Which groups of replies are asked for. */
export class RegradingQuery extends IntersectionType(RunsQuery, PageQuery) {
  @Name(
    'Replies in runs of this drill; without it `from` and `until` are 31 days apart at most, and without those it is the last 31 days',
  )
  drill?: string;
  @Name('Replies in runs of this content of a drill, by its hash') revision?: string;
  @Name('Replies to this prompt') prompt?: string;

  @ApiPropertyOptional({
    default: false,
    description: 'Groups on which a ruling stands for each reply, instead of those that are open',
  })
  @Optional()
  @Transform(toBoolean)
  @IsBoolean({ message: 'ruled must be true or false' })
  ruled?: boolean;

  @ApiPropertyOptional({
    description: 'Replies that were taken for an option, or for none; without it both',
  })
  @Optional()
  @Transform(toBoolean)
  @IsBoolean({ message: 'picked must be true or false' })
  picked?: boolean;
}

/** So many days are read where no drill is named. */
export const mostDays = 31;

/** The days whose runs are read: the first one, and the first that is not in it any more. */
export type Span = { readonly from?: string; readonly until?: string };

/* Where it is latest it is two days after the day of UTC at the most. */
const lastSpan = (now: Date): string => daysAfter(dayOf(now), 2);

/**
 * The days that are asked for. Without a drill they are a month at most, as runs of all drills are read: where an end is
 * missing it is said. Throws 400 for more.
 */
export const spanOf = (
  { drill, from, until }: Pick<RegradingQuery, 'drill' | 'from' | 'until'>,
  now: Date,
): Span => {
  if (drill !== undefined) return given({ from, until });
  const end = until ?? (from === undefined ? lastSpan(now) : daysAfter(from, mostDays));
  const begin = from ?? daysAfter(end, -mostDays);
  if (end <= daysAfter(begin, mostDays)) return { from: begin, until: end };
  throw invalidParameter('drill', `without drill, from and until are ${mostDays} days apart at most`);
};

/** What to ask for where the replies are too many to be grouped. */
export const tooMany = (error: unknown): never => {
  if (!(error instanceof TooManyReplies)) throw error;
  const detail = `there are more than ${mostReplies} replies: name a drill, or fewer days by from and until`;
  throw invalidParameter('drill', detail);
};

/** A group, by the id that the list gives. */
export class GroupPath {
  @ApiProperty({ example: 'hand-washing:how-long:4f2c9a1e5d6b7c8d9e0f1a2b' })
  @Matches(/^[a-z0-9-]{1,64}:[a-z0-9-]{1,64}:[0-9a-f]{24}$/, { message: 'groupId is not one of a group' })
  readonly groupId!: string;
}

/** What a person rules. */
export class RuleBody {
  @ApiProperty({
    enum: rulingVerdicts,
    description: 'What the replies count as; `asJudged` takes back what was ruled before',
  })
  @IsIn(rulingVerdicts, { message: `verdict takes ${rulingVerdicts.join(', ')}` })
  readonly verdict!: RulingVerdict;

  @ApiPropertyOptional({ maxLength: 1_000 })
  @Optional()
  @IsString()
  @Length(1, 1_000)
  readonly reason?: string;
}
