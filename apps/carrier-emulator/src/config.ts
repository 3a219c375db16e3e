import { Secret, ServiceConfig, Setting } from '@stopcovid/runtime';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';

/** The emulator's environment. */
export class CarrierEmulatorConfig extends ServiceConfig {
  @Setting({ description: 'The port of the page and of the carrier’s HTTP.', example: '4000' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  override readonly PORT: number = 4000;

  @Setting({
    description: 'The address to listen on. The page has no login: open it to others with care.',
    example: '127.0.0.1',
  })
  override readonly HOST: string = '127.0.0.1';

  @Setting({
    description: 'The account that services use.',
    example: 'AC00000000000000000000000000000000',
  })
  @Matches(/^AC[0-9a-fA-F]{32}$/, { message: 'must be AC and 32 hexadecimal digits' })
  readonly ACCOUNT_SID: string = 'AC00000000000000000000000000000000';

  @Setting({
    description: 'The account’s password; it signs the webhooks too. It guards nothing real.',
    example: 'emulated-auth-token',
  })
  readonly AUTH_TOKEN: Secret = new Secret('emulated-auth-token');

  @Setting({
    description: 'An API key that may be used instead, as sid:secret.',
    example: 'SK00000000000000000000000000000000:secret',
    optional: true,
  })
  readonly API_KEY?: Secret;

  @Setting({
    description: 'Where texts from phones are posted, with connection overrides in the fragment.',
    example: 'http://127.0.0.1:3001/twilio#rc=5&rp=all',
  })
  readonly WEBHOOK_URL!: URL;

  @Setting({ description: 'Our number: the one that trainees text.', example: '+12025550100' })
  @Matches(/^\+[1-9]\d{6,14}$/, { message: 'must be a phone number in E.164' })
  readonly NUMBER: string = '+12025550100';

  @Setting({
    description: 'Phones on the wall at start, as number=name, separated by commas.',
    example: '+12025550143=Maria',
  })
  @Matches(/^\+[1-9]\d{6,14}(=.+)?$/, { each: true, message: 'must be number=name, separated by commas' })
  readonly PHONES: string[] = ['+12025550143=Maria', '+12025550180=Sokha', '+12025550117=Daniel'];

  @Setting({
    description: 'A folder that is served at /assets, for pictures of drills.',
    example: './assets',
    optional: true,
  })
  readonly ASSETS_DIR?: string;

  @Setting({
    description: 'Whether the carrier itself answers STOP, START and HELP and refuses texts after STOP.',
    example: 'off',
  })
  @IsIn(['off', 'on'])
  readonly CARRIER_OPT_OUT: 'off' | 'on' = 'off';

  @Setting({ description: 'Registration codes that the page offers to try.', example: 'HYGIENE' })
  readonly HINT_CODES: string[] = [];

  @Setting({
    description: 'Links in the page’s head, as label=url, separated by commas.',
    example: 'Progress=http://127.0.0.1:3004/docs',
  })
  @Matches(/^[^=]+=https?:\/\/.+$/, { each: true, message: 'must be label=url, separated by commas' })
  readonly LINKS: string[] = [];

  @Setting({
    description:
      'The progress API, which tells who opted out and which question is open; without it neither is known.',
    example: 'http://127.0.0.1:3004',
    optional: true,
  })
  readonly PROGRESS_URL?: URL;

  @Setting({ description: 'The API key for it.', example: 'a-long-random-key', optional: true })
  readonly PROGRESS_API_KEY?: Secret;

  @Setting({
    description: 'How long a message takes from one status to the next, in milliseconds.',
    example: '350',
  })
  @IsInt()
  @Min(0)
  @Max(60_000)
  readonly STEP_MS: number = 350;

  @Setting({ description: 'Starts the sequence that faults are drawn from.', example: '1' })
  @IsInt()
  @Min(0)
  readonly SEED: number = 1;

  @Setting({ description: 'Messages remembered per phone; the oldest are forgotten first.', example: '200' })
  @IsInt()
  @Min(2)
  readonly KEEP_MESSAGES: number = 200;

  @Setting({
    description: 'Messages remembered in all, about 0.6 KB each; the oldest are forgotten first.',
    example: '500000',
  })
  @IsInt()
  @Min(2)
  readonly KEEP_TOTAL: number = 500_000;

  @Setting({ description: 'Phones remembered; the longest unused are forgotten first.', example: '20000' })
  @IsInt()
  @Min(1)
  readonly KEEP_PHONES: number = 20_000;
}
