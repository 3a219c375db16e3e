import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AskedCommand } from './asked-command';
import type { Obstacle } from './forecast';

/** An event that a command led to. */
export class LedToView {
  @ApiProperty({ example: '+12025550143:4:0', description: 'phone:version:index' }) id!: string;
  @ApiProperty({ example: 'DrillStarted' }) type!: string;
  @ApiPropertyOptional({ description: 'Where the event has one' }) reason?: string;
}

/** A command that was asked for, and what became of it. */
export class CommandView {
  @ApiProperty() commandId!: string;
  @ApiProperty({ example: 'StartDrill' }) type!: string;
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was asked for' }) at!: string;
  @ApiProperty({ description: 'The name of the API key, or of the person at the command line' }) by!: string;
  @ApiProperty({ enum: ['accepted', 'decided', 'deadLettered'] }) state!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it was decided, or put aside' })
  settledAt?: string;
  @ApiPropertyOptional({ description: 'Of the batch, once decided' }) version?: number;
  @ApiPropertyOptional({ type: [LedToView], description: 'Once decided; empty: nothing changed' })
  events?: readonly LedToView[];
  @ApiPropertyOptional({ description: 'Of the dead letter' }) code?: string;
  @ApiPropertyOptional({ description: 'Of the dead letter: why it could not be decided' }) reason?: string;
}

/** Why something would lead to nothing. */
export class ObstacleView {
  @ApiProperty({ example: 'optedOut' }) code!: string;
  @ApiProperty() message!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Of outsideWindow: when it can be asked for' })
  opensAt?: string;
}

/** What would come of asking. */
export class ForecastView {
  @ApiProperty() possible!: boolean;
  @ApiPropertyOptional({ example: 'StartDrill', description: 'The command that would be published' })
  type?: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Of what is bound by their hours: when these end',
  })
  notAfter?: string;
  @ApiProperty({ type: [ObstacleView] }) obstacles!: readonly Obstacle[];
}

const fateOf = ({ fate }: AskedCommand): Partial<CommandView> => {
  switch (fate.state) {
    case 'accepted':
      return {};
    case 'decided':
      return { settledAt: fate.at.toISOString(), version: fate.version, events: fate.events };
    case 'deadLettered':
      return { settledAt: fate.at.toISOString(), code: fate.code, reason: fate.reason };
  }
};

/** A command as whoever asked for it sees it. */
export const commandView = (asked: AskedCommand): CommandView => ({
  commandId: asked.commandId,
  type: asked.type,
  phone: asked.phone,
  at: asked.at.toISOString(),
  by: asked.by,
  state: asked.fate.state,
  ...fateOf(asked),
});
