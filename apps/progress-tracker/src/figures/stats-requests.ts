import type { LocalDate } from '@stopcovid/calendar';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Max,
  Min,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { IsDay, IsMoment } from '../api/message-requests';
import { PageQuery } from '../api/page-query';
import { Optional, toBoolean } from '../api/request-rules';
import { halfOpen, instantOf } from '../api/when';
import { FormatQuery } from '../files/wanted';
import { given } from '../given';
import { runStatuses, type RunStatus } from '../progress/drill-run';
import { groupings, type Grouping } from './lines';
import type { DrillFilter, ListedRuns } from './run-figures';

/** Words with commas between, as a list. */
export const words = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;

/** A name that narrows. */
export const Name =
  (description: string): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ description })(target, key);
    Optional()(target, key);
    IsString()(target, key);
    MinLength(1)(target, key);
    MaxLength(256)(target, key);
  };

/** Which runs are counted, by what they were when they began. */
export class RunsQuery {
  @ApiPropertyOptional({ example: '2026-03-01', description: 'The first local day of the start' })
  @Optional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({
    example: '2026-04-01',
    description: 'The first local day that is not in it any more',
  })
  @Optional()
  @IsDay()
  until?: string;

  @Name('Of trainees who were with this employer') employerId?: string;
  @Name('Of trainees who were in this unit') unitId?: string;
  @Name('Of trainees who had this label') label?: string;
  @Name('ISO 639-1, the language in which it was put') language?: string;
  @Name('Why it was started, such as `scheduled`') reason?: string;
}

/** Whose runs are asked for, and what has a line of its own. */
export class TableQuery extends IntersectionType(RunsQuery, FormatQuery) {
  @ApiPropertyOptional({
    enum: groupings,
    isArray: true,
    description: 'What has a line for each, with commas between; without it there is the total alone',
  })
  @Transform(words)
  @IsIn(groupings, { each: true, message: `by takes ${groupings.join(', ')}, with commas between` })
  @ArrayUnique({ message: 'by names each grouping once' })
  @ArrayMaxSize(4, { message: 'by names four groupings at the most' })
  by: Grouping[] = [];

  @Name('Runs of this drill') drill?: string;
  @Name('Runs of this content of a drill, by its hash') revision?: string;
}

/** Which runs of a drill are asked for. */
export class DrillQuery extends RunsQuery {
  @ApiProperty({ example: 'hand-washing' })
  @Matches(/^[a-z0-9][a-z0-9-]{0,63}$/, {
    message: 'drill must be the slug of a drill, such as hand-washing',
  })
  drill!: string;

  @Name('This content of the drill alone, by its hash') revision?: string;
}

/** The same, in some form. */
export class ItemsQuery extends IntersectionType(DrillQuery, FormatQuery) {}

/** What is asked of employers. */
export class EmployersQuery {
  @ApiPropertyOptional({
    default: true,
    description: 'false: without how many trainees each has, which takes a look at all runs',
  })
  @Transform(toBoolean)
  @IsBoolean({ message: 'trainees takes true or false' })
  trainees: boolean = true;
}

/** How many of the replies to a drill that several trainees share are asked for. */
export class NearMissesQuery extends DrillQuery {
  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 500 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

/** Which runs a list is of. */
class ListQuery extends IntersectionType(RunsQuery, PageQuery, FormatQuery) {
  @Name('Runs of this drill') drill?: string;
  @Name('Runs of this content of a drill, by its hash') revision?: string;
}

/** Which overdue runs are asked for. */
export class OverdueQuery extends ListQuery {}

/** Which runs are asked for, or the answers of which. */
export class RunListQuery extends ListQuery {
  @ApiPropertyOptional({ enum: runStatuses })
  @Optional()
  @IsIn(runStatuses, { message: `status takes ${runStatuses.join(', ')}` })
  status?: RunStatus;

  @ApiPropertyOptional({
    description:
      'Runs that changed then or later, those that count no more among them: a time such as 2026-03-01T12:05:00-05:00, or the beginning of a day, UTC',
  })
  @Optional()
  @IsMoment()
  changedSince?: string;
}

type Asked = RunsQuery &
  Pick<ListQuery, 'drill' | 'revision'> &
  Partial<Pick<RunListQuery, 'status' | 'changedSince'> & FormatQuery>;

/** The runs that a query asks for. Throws 400 where none can be. */
export const filterOf = ({ from, until, format: _format, bom: _bom, ...asked }: Asked): ListedRuns => {
  const { changedSince, ...exact } = asked;
  return {
    ...Object.fromEntries(Object.entries(exact).filter(([, value]) => value !== undefined)),
    ...halfOpen(from as LocalDate | undefined, until as LocalDate | undefined),
    ...given({ changedSince: changedSince === undefined ? undefined : instantOf(changedSince) }),
  };
};

/** The runs of one drill that a query asks for. Throws 400 where none can be. */
export const drillFilterOf = ({ drill, ...query }: DrillQuery & Partial<FormatQuery>): DrillFilter => ({
  ...filterOf(query),
  drill,
});
