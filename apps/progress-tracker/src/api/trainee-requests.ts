import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsString, Length, Matches, MaxLength } from 'class-validator';
import { PageQuery } from './page-query';
import { asTyped, e164, e164Message, Optional, toBoolean } from './request-rules';

const twoLetters = /^[a-z]{2}$/;
const language = { message: 'language must be two lower-case letters (ISO 639-1)' };

const boolean = { message: '$property must be true or false' };

/** Which trainees to list. */
export class TraineesQuery extends PageQuery {
  @ApiPropertyOptional() @Optional() @IsString() @MaxLength(128) employerId?: string;
  @ApiPropertyOptional() @Optional() @IsString() @MaxLength(128) unitId?: string;
  @ApiPropertyOptional() @Optional() @IsString() @MaxLength(128) personId?: string;
  @ApiPropertyOptional({ example: 'es' }) @Optional() @Matches(twoLetters, language) language?: string;
  @ApiPropertyOptional() @Optional() @Transform(toBoolean) @IsBoolean(boolean) optedOut?: boolean;
  @ApiPropertyOptional() @Optional() @Transform(toBoolean) @IsBoolean(boolean) registered?: boolean;
}

/** Whose progress to show. */
export class TraineePath {
  @ApiProperty({ example: '+12025550143', description: 'E.164; the + may be written as %2B' })
  @Transform(asTyped)
  @Matches(e164, { message: e164Message })
  phone!: string;
}

/** A person who gave a code elsewhere, such as on a sign-up form. */
export class EnrolmentBody {
  @ApiProperty({ example: '+12025550143', description: 'E.164' })
  @Transform(asTyped)
  @Matches(e164, { message: e164Message })
  phone!: string;

  @ApiProperty({ description: 'Registration code', example: 'HYGIENE' })
  @IsString()
  @Length(1, 64)
  code!: string;

  @ApiPropertyOptional() @Optional() @IsString() @Length(1, 256) name?: string;
  @ApiPropertyOptional({ example: 'es' }) @Optional() @Matches(twoLetters, language) language?: string;

  @ApiPropertyOptional({ type: [String], description: 'Kept in order, each once' })
  @Optional()
  @IsArray()
  @ArrayMaxSize(32)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  labels?: string[];

  @ApiPropertyOptional({
    description: 'Where the person signed up; kept with the registration',
    default: 'api',
  })
  @Optional()
  @IsString()
  @Length(1, 64)
  source?: string;
}
