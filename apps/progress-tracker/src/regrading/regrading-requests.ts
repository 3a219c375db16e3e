import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../api/page-query';
import { Optional, toBoolean } from '../api/request-rules';
import { daysAfter } from '../api/when';
import { Name, RunsQuery } from '../figures/stats-requests';
import { invalidParameter } from '../problems/problem';
import { mostReplies, TooManyReplies } from './reply-groups';
import { rulingVerdicts, type RulingVerdict } from './rulings';

/** Which groups of replies are asked for. */
export class RegradingQuery extends IntersectionType(RunsQuery, PageQuery) {
  @Name('Replies in runs of this drill; without it from and until are needed, 31 days apart at most')
  drill?: string;
  @Name('Replies in runs of this content of a drill, by its hash') revision?: string;

  @ApiPropertyOptional({
    default: false,
    description: 'Groups on which a ruling stands for each reply, instead of those that are open',
  })
  @Optional()
  @Transform(toBoolean)
  @IsBoolean({ message: 'ruled must be true or false' })
  ruled?: boolean;
}

/** So many days are read where no drill is named. */
export const mostDays = 31;

/** Throws 400 for what would read the runs of all drills and times. */
export const refuseAll = ({ drill, from, until }: Pick<RegradingQuery, 'drill' | 'from' | 'until'>): void => {
  if (drill !== undefined) return;
  if (from !== undefined && until !== undefined && until <= daysAfter(from, mostDays)) return;
  throw invalidParameter(
    'drill',
    `without drill, from and until must be given, ${mostDays} days apart at most`,
  );
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
