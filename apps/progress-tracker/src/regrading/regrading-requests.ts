import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../api/page-query';
import { Optional, toBoolean } from '../api/request-rules';
import { Name, RunsQuery } from '../figures/stats-requests';
import { rulingVerdicts, type RulingVerdict } from './rulings';

/** Which groups of replies are asked for. */
export class RegradingQuery extends IntersectionType(RunsQuery, PageQuery) {
  @Name('Replies in runs of this drill') drill?: string;
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
