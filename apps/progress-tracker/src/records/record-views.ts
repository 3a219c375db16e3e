import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageQuery, PageView } from '../api/page-query';
import { e164, e164Message, Optional, withPlus } from '../api/request-rules';
import { ScoreView, scoreView } from '../api/score-view';
import { given } from '../given';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { addressOfRecord, type Issuer } from './credential';
import {
  languageOf,
  recordStatuses,
  statusOf,
  titleIn,
  type CompletionRecord,
  type RecordStatus,
} from './record';

/** Where a record is: sixteen bytes as base64url. */
export class RecordPath {
  @ApiProperty({ example: 'q83vEjRWeJq83vEjRWeJqg' })
  @Matches(/^[\w-]{22}$/, { message: 'id is not one of a record' })
  readonly id!: string;
}

export class RecordsQuery extends PageQuery {
  @ApiPropertyOptional({ example: '+12025550143' })
  @Optional()
  @Transform(withPlus)
  @Matches(e164, { message: e164Message })
  phone?: string;

  @ApiPropertyOptional({ example: 'workplace-hygiene' })
  @Optional()
  @IsString()
  @Length(1, 128)
  course?: string;

  @ApiPropertyOptional({ enum: recordStatuses })
  @Optional()
  @IsIn(recordStatuses, { message: `status takes ${recordStatuses.join(' or ')}` })
  status?: RecordStatus;
}

export class WithdrawalBody {
  @ApiProperty({ description: 'Why; it is shown to nobody but whoever asks with a key', maxLength: 500 })
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { message: 'reason must not be blank' })
  readonly reason!: string;
}

export class MakeRecordBody {
  @ApiProperty({ example: '+12025550143' })
  @Matches(e164, { message: e164Message })
  readonly phone!: string;

  @ApiPropertyOptional({
    description: 'Text the address once more where there is a record: once a day, however often asked',
  })
  @Optional()
  @IsBoolean()
  readonly tellAgain?: boolean;
}

class MissingRecordView {
  @ApiProperty() readonly phone!: string;
  @ApiPropertyOptional({ description: 'As they are now' }) readonly employerId?: string;
}

/** A page of trainees: those of them who passed and have no record. */
export class MissingRecordsView extends PageView {
  @ApiProperty({ type: [MissingRecordView] }) readonly items!: readonly MissingRecordView[];
  @ApiProperty({ description: 'How many trainees were looked at: `limit`, but on the last page' })
  readonly looked!: number;
}

class WithdrawalView {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty({ description: 'Whose key it was' }) readonly by!: string;
  @ApiProperty() readonly reason!: string;
}

class RecordRunView {
  @ApiProperty({ example: 'hand-washing' }) readonly drill!: string;
  @ApiProperty() readonly revision!: string;
  @ApiProperty() readonly runId!: string;
}

/** A record as analysts see it. */
export class RecordView {
  @ApiProperty() readonly id!: string;
  @ApiProperty({ description: 'Where anybody can look whether it is valid' }) readonly url!: string;
  @ApiProperty({ enum: recordStatuses }) readonly status!: RecordStatus;
  @ApiPropertyOptional({ description: 'Left out once its trainee was erased' }) readonly phone?: string;
  @ApiPropertyOptional({ description: 'As they were when they passed' }) readonly employerId?: string;
  @ApiProperty({ example: 'workplace-hygiene' }) readonly course!: string;
  @ApiProperty({ example: 'Workplace hygiene', description: 'How people call the course, in `language`' })
  readonly title!: string;
  @ApiProperty({ example: 'en', description: 'In which its page is, ISO 639-1' }) readonly language!: string;
  @ApiProperty({ description: 'Of the course when it was passed' }) readonly revision!: string;
  @ApiProperty({ format: 'date-time' }) readonly passedAt!: string;
  @ApiProperty({ type: ScoreView }) readonly score!: ScoreView;
  @ApiProperty({ example: 80, description: 'Of the course, in percent' }) readonly passMark!: number;
  @ApiProperty({ type: [RecordRunView], description: 'What it rests on' })
  readonly runs!: readonly RecordRunView[];
  @ApiPropertyOptional({ format: 'date-time', description: 'When one of these runs stopped counting' })
  readonly takenBackAt?: string;
  @ApiPropertyOptional({ type: WithdrawalView, description: 'By a person' })
  readonly withdrawn?: WithdrawalView;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When its trainee was erased, and all details with them',
  })
  readonly erasedAt?: string;
}

/** A record that was asked for. */
export class MadeRecordView extends RecordView {
  @ApiProperty({ description: 'Whether it was made just now; else it was there' }) readonly made!: boolean;
}

export class RecordListView extends PageView {
  @ApiProperty({ type: [RecordView] }) readonly items!: readonly RecordView[];
}

/** A record as the API says it. */
export const recordView = (issuer: Issuer, record: CompletionRecord): RecordView => {
  const language = languageOf(record);
  const { id, phone, employerId, course, revision, passedAt, passMark, takenBackAt, withdrawn, erasedAt } =
    record;
  return {
    ...{
      id,
      url: addressOfRecord(issuer, record),
      status: statusOf(record),
      course,
      revision,
      language,
    },
    title: titleIn(record, language).text,
    ...{ passedAt: passedAt.toISOString(), score: scoreView(record.score), passMark, runs: record.runs },
    ...given({
      phone: erasedAt === undefined ? phone : undefined,
      erasedAt: erasedAt?.toISOString(),
      employerId,
      takenBackAt: takenBackAt?.toISOString(),
      withdrawn: withdrawn && { ...withdrawn, at: withdrawn.at.toISOString() },
    }),
  };
};
