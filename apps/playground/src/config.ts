import { join } from 'node:path';
import { ServiceConfig, Setting, type LogLevel } from '@stopcovid/runtime';
import { IsIn, IsInt, Max, Min } from 'class-validator';

/** What the environment may say to the playground. */
export class PlaygroundConfig extends ServiceConfig {
  @Setting({ description: 'The port of the page with the phones.', example: '4000' })
  @IsInt()
  @Min(1)
  @Max(65_535)
  override readonly PORT: number = 4_000;

  @Setting({
    description: 'The address to listen on. There is no login: open it to others with care.',
    example: '127.0.0.1',
  })
  override readonly HOST: string = '127.0.0.1';

  @Setting({ description: 'The least level that is logged.', example: 'info' })
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])
  override readonly LOG_LEVEL: LogLevel = 'warn';

  @Setting({
    description: 'The folder of the drills and their course; edits are taken in as you save.',
    example: 'drills',
  })
  readonly DRILLS_DIR: string = join(__dirname, '..', '..', '..', 'drills');

  @Setting({ description: 'The pause between texts to one phone, in milliseconds.', example: '700' })
  @IsInt()
  @Min(0)
  readonly PAUSE_MS: number = 700;
}
