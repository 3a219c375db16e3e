import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Secret } from './secret';
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

  @Setting({
    description:
      'The collector that spans are sent to by OTLP over HTTP (JSON), without `/v1/traces`; without it nothing is traced.',
    example: 'http://otel-collector:4318',
    optional: true,
  })
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: URL;

  @Setting({
    description: 'The headers that the collector asks for, as name=value with commas between.',
    example: 'authorization=Bearer%20a-long-secret',
    optional: true,
  })
  readonly OTEL_EXPORTER_OTLP_HEADERS?: Secret;

  @Setting({
    description: 'Which part of all texts is traced, 0 to 1; the same in every service.',
    example: '0.05',
  })
  @Min(0)
  @Max(1)
  readonly OTEL_TRACES_SAMPLER_ARG: number = 1;

  @Setting({
    description: 'What the spans say of the deployment, as key=value with commas between.',
    example: 'service.version=1.4.0,deployment.environment.name=production',
  })
  readonly OTEL_RESOURCE_ATTRIBUTES: string = '';
}
