import { KafkaServiceConfig } from '@stopcovid/kafka';
import { IsMongoUrl } from '@stopcovid/mongo';
import { Secret, Setting } from '@stopcovid/runtime';
import { IsInt, Min } from 'class-validator';

/** What the environment may say to the dialog engine. */
export class DialogEngineConfig extends KafkaServiceConfig {
  @Setting({ description: 'The consumer group; all replicas share it.', example: 'dialog-engine' })
  readonly KAFKA_GROUP: string = 'dialog-engine';

  @Setting({
    description: 'MongoDB, with the name of the database.',
    example: 'mongodb://mongo:27017/stopcovid',
  })
  @IsMongoUrl
  readonly MONGODB_URL!: Secret;

  @Setting({ description: 'The folder of the drills and their course.', example: '/drills' })
  readonly DRILLS_DIR: string = 'drills';

  @Setting({
    description: 'A bundle of drills behind an address, instead of the folder.',
    example: 'https://content.example.org/drills.json',
    optional: true,
  })
  readonly DRILLS_URL?: URL;

  @Setting({ description: 'How often the drills are looked at again, in milliseconds.', example: '5000' })
  @IsInt()
  @Min(100)
  readonly DRILLS_EVERY_MS: number = 5_000;

  @Setting({
    description: 'A service that knows more registration codes; without it our own codes are all there are.',
    example: 'https://partner.example.org/codes',
    optional: true,
  })
  readonly REGISTRATION_URL?: URL;

  @Setting({ description: 'The bearer token for that service.', example: 'a-long-secret', optional: true })
  readonly REGISTRATION_TOKEN?: Secret;

  @Setting({ description: 'How long that service may take to answer, in milliseconds.', example: '2000' })
  @IsInt()
  @Min(50)
  readonly REGISTRATION_TIMEOUT_MS: number = 2_000;

  @Setting({
    description: 'How long a good code is believed without asking again, in seconds.',
    example: '60',
  })
  @IsInt()
  @Min(0)
  readonly REGISTRATION_CACHE_SECONDS: number = 60;

  @Setting({
    description: 'Where it is told whose budget for texts is spent; without it nobody has one.',
    example: 'http://progress-tracker/v1/budgets/spent',
    optional: true,
  })
  readonly BUDGETS_URL?: URL;

  @Setting({ description: 'The API key for that service.', example: 'a-long-random-key', optional: true })
  readonly BUDGETS_KEY?: Secret;

  @Setting({ description: 'How often budgets are asked for, in milliseconds.', example: '15000' })
  @IsInt()
  @Min(100)
  readonly BUDGETS_EVERY_MS: number = 15_000;

  @Setting({
    description: 'Where sms-sender says whether too many phones wait; without it nothing waits for that.',
    example: 'http://sms-sender/v1/pressure',
    optional: true,
  })
  readonly PRESSURE_URL?: URL;

  @Setting({ description: 'The API key for sms-sender.', example: 'a-long-random-key', optional: true })
  readonly PRESSURE_KEY?: Secret;

  @Setting({ description: 'How often sms-sender is asked, in milliseconds.', example: '5000' })
  @IsInt()
  @Min(100)
  readonly PRESSURE_EVERY_MS: number = 5_000;

  @Setting({
    description: 'So many hours after an opt-out the drill that it cut off goes on where it stopped.',
    example: '24',
  })
  @IsInt()
  @Min(0)
  readonly DRILL_GOES_ON_HOURS: number = 24;

  @Setting({ description: 'How many dialogs are kept in memory; the store has them all.', example: '5000' })
  @IsInt()
  @Min(1)
  readonly DIALOG_CACHE_SIZE: number = 5_000;
}
