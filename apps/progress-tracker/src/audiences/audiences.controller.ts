import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Put,
} from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { HowAsked, type Asking } from '../operations/asking';
import { invalidBody } from '../problems/problem';
import type { Audiences, SavedAudience } from './audiences';
import { saveAudience } from './save-audience';
import { Needs } from '../keys/needs';

/** What the routes of audiences work with. */
export type AudienceDesk = { readonly audiences: Audiences };
/** Its token. */
export const AUDIENCE_DESK = Symbol('AUDIENCE_DESK');

class AudiencePath {
  @ApiProperty({ example: 'night-shift' })
  @IsString()
  @MaxLength(64)
  readonly name!: string;
}

class AudienceView {
  @ApiProperty() readonly name!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) readonly audience!: object;
  @ApiProperty() readonly changedBy!: string;
  @ApiProperty({ format: 'date-time' }) readonly changedAt!: string;
}

class AudienceListView {
  @ApiProperty({ type: [AudienceView] }) readonly items!: readonly AudienceView[];
}

const viewOf = ({ changedAt, ...saved }: SavedAudience): AudienceView => ({
  ...saved,
  changedAt: changedAt.toISOString(),
});

const notThere = (): never => {
  throw new NotFoundException('No audience is saved under this name.');
};

const example = { employerId: 'acme', label: 'night', language: 'es', standing: 'betweenDrills' };

/** Whom broadcasts go to, saved under names. */
@ApiTags('audiences')
@Controller('v1/audiences')
export class AudiencesController {
  constructor(@Inject(AUDIENCE_DESK) private readonly desk: AudienceDesk) {}

  @Put(':name')
  @ApiOperation({ summary: 'Save an audience under a name' })
  @Needs('operator')
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example } })
  @ApiOkResponse({ type: AudienceView })
  async put(
    @Param() { name }: AudiencePath,
    @Body() content: unknown,
    @HowAsked() asking: Asking,
  ): Promise<AudienceView> {
    const change = { by: asking.caller.name, at: new Date() };
    const answer = await saveAudience({ name, content }, change, this.desk.audiences);
    if (answer.kind === 'invalid') throw invalidBody(answer.problems, ['name']);
    return viewOf(answer.saved);
  }

  @Get()
  @ApiOperation({ summary: 'The audiences that are saved' })
  @Needs('analyst')
  @ApiOkResponse({ type: AudienceListView, description: 'By name' })
  async list(): Promise<AudienceListView> {
    return { items: (await this.desk.audiences.all()).map(viewOf) };
  }

  @Get(':name')
  @ApiOperation({ summary: 'One audience' })
  @Needs('analyst')
  @ApiOkResponse({ type: AudienceView })
  @ApiNotFoundResponse({ description: 'No audience is saved under this name' })
  async one(@Param() { name }: AudiencePath): Promise<AudienceView> {
    const found = await this.desk.audiences.of(name);
    return found === undefined ? notThere() : viewOf(found);
  }

  @Delete(':name')
  @ApiOperation({ summary: 'Forget an audience' })
  @Needs('operator')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is saved no more; broadcasts keep their lists' })
  @ApiNotFoundResponse({ description: 'No audience is saved under this name' })
  async remove(@Param() { name }: AudiencePath): Promise<void> {
    if (!(await this.desk.audiences.remove(name))) notThere();
  }
}
