import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

const e164 = /^\+[1-9]\d{6,14}$/;
const e164Message = '$property must be a phone number in E.164, for example +12025550143';
const twoLetters = /^[a-z]{2}$/;

/* A query says 'true'; what is neither word stays as it is, for the validator to refuse. */
const toBoolean = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

/** Which trainees to list. */
export class TraineesQuery {
  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 500 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit = 50;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before' })
  @IsOptional()
  @Matches(/^[\w-]{4,64}$/, { message: 'cursor is not one that this service gave' })
  cursor?: string;

  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(128) employerId?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(128) unitId?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(128) personId?: string;

  @ApiPropertyOptional({ example: 'es' })
  @IsOptional()
  @Matches(twoLetters, { message: 'language must be two lower-case letters (ISO 639-1)' })
  language?: string;

  @ApiPropertyOptional() @IsOptional() @Transform(toBoolean) @IsBoolean() optedOut?: boolean;
  @ApiPropertyOptional() @IsOptional() @Transform(toBoolean) @IsBoolean() registered?: boolean;
}

/** Whose progress to show. */
export class TraineePath {
  @ApiProperty({ example: '+12025550143' })
  @Matches(e164, { message: e164Message })
  phone!: string;
}

/** A person who gave a code elsewhere, such as a sign-up form. */
export class EnrolmentBody {
  @ApiProperty({ example: '+12025550143' })
  @Matches(e164, { message: e164Message })
  phone!: string;

  @ApiProperty({ description: 'Registration code', example: 'HYGIENE' })
  @IsString()
  @Length(1, 64)
  code!: string;

  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 256) name?: string;

  @ApiPropertyOptional({ example: 'es' })
  @IsOptional()
  @Matches(twoLetters, { message: 'language must be two lower-case letters (ISO 639-1)' })
  language?: string;

  @ApiPropertyOptional({ type: [String], description: 'Kept in order, each once' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(32)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  labels?: string[];

  @ApiPropertyOptional({
    description: 'Where the person signed up; kept with the registration',
    default: 'api',
  })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  source?: string;
}
