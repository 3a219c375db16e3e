import type { AccountChanges, ProfileChanges } from '@stopcovid/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsObject, IsString, IsUrl, Length } from 'class-validator';
import { Optional } from '../api/request-rules';

/** Which drill to start. */
export class StartBody {
  @ApiProperty({ example: 'hand-washing' })
  @IsString()
  @Length(1, 64)
  drill!: string;

  @ApiPropertyOptional({ default: false, description: 'Ends the run in progress; otherwise that is a 409' })
  @Optional()
  @IsBoolean()
  replace?: boolean;
}

/** What to write: words, an attachment or both. */
export class MessageBody {
  @ApiPropertyOptional({ maxLength: 1_600 }) @Optional() @IsString() @Length(1, 1_600) text?: string;

  @ApiPropertyOptional({ example: 'https://example.org/hands.png' })
  @Optional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  mediaUrl?: string;
}

/** What to change; `null` forgets a field. */
export class UpdateBody {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { name: 'Maria', language: 'es', timeZone: 'America/Chicago' },
  })
  @Optional()
  @IsObject()
  profile?: ProfileChanges;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { unitId: 'ward-2' } })
  @Optional()
  @IsObject()
  account?: AccountChanges;

  @ApiPropertyOptional({ description: 'Ends the run in progress' })
  @Optional()
  @IsBoolean()
  abandonDrill?: boolean;
}

/** How long nothing proactive is to come. */
export class PauseBody {
  @ApiPropertyOptional({ example: '2026-03-31', description: 'The first local date on which it comes again' })
  @Optional()
  @IsString()
  until?: string;
}

/** How the person asked to stop. */
export class OptOutBody {
  @ApiProperty({ example: 'asked by telephone on 3 March, ticket 118', maxLength: 256 })
  @IsString()
  @Length(1, 256)
  detail!: string;
}
