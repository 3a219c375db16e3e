import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DrillExtent, EmployerExtent } from './run-extents';

class EmployerView {
  @ApiProperty({ type: String, nullable: true, description: 'null: trainees who had none' })
  employerId!: string | null;
  @ApiProperty({ type: [String], description: 'Of its trainees, when their runs began' })
  unitIds!: readonly string[];
  @ApiPropertyOptional({ description: 'Those of whom a run counts; unless they were not asked for' })
  trainees?: number;
  @ApiProperty({ description: 'But demonstrations and what was replaced' }) runs!: number;
  @ApiProperty({ example: '2026-03-01', description: 'The last local day on which a run began' })
  lastDay!: string;
}

class DrillView {
  @ApiProperty({ example: 'hand-washing' }) drill!: string;
  @ApiProperty({ type: [String], description: 'Hashes of the content' }) revisions!: readonly string[];
  @ApiProperty({ type: [String], example: ['en'] }) languages!: readonly string[];
  @ApiProperty({ description: 'But demonstrations and what was replaced' }) runs!: number;
  @ApiProperty() completed!: number;
  @ApiProperty({ example: '2026-03-01', description: 'The last local day on which a run began' })
  lastDay!: string;
}

/** Whose trainees began runs. */
export class EmployersView {
  @ApiProperty({ format: 'date-time', description: 'What was known then is in it' }) asOf!: string;
  @ApiProperty({ type: [EmployerView] }) employers!: readonly EmployerExtent[];
}

/** Which drills were begun. */
export class DrillsView {
  @ApiProperty({ format: 'date-time', description: 'What was known then is in it' }) asOf!: string;
  @ApiProperty({ type: [DrillView] }) drills!: readonly DrillExtent[];
}
