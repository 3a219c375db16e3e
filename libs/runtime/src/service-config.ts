import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Setting } from './settings';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];
export const logFormats = ['json', 'pretty'] as const;
export type LogFormat = (typeof logFormats)[number];

/** The settings that every service has; a service's own class extends it. */
export class ServiceConfig {
  @Setting({ description: 'The port of the HTTP server; 0 takes any free one.', example: '3000' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 3000;

  @Setting({ description: 'The address that the HTTP server binds.', example: '0.0.0.0' })
  readonly HOST: string = '0.0.0.0';

  @Setting({ description: 'The least level that is logged.', example: 'info' })
  @IsIn(logLevels)
  readonly LOG_LEVEL: LogLevel = 'info';

  @Setting({ description: 'Logs as JSON Lines, or pretty for people.', example: 'json' })
  @IsIn(logFormats)
  readonly LOG_FORMAT: LogFormat = 'json';

  @Setting({
    description: 'How long a stop may take before the process ends itself, in milliseconds.',
    example: '20000',
  })
  @IsInt()
  @Min(100)
  readonly SHUTDOWN_GRACE_MS: number = 20_000;
}
