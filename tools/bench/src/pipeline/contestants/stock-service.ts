import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Controller, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientKafka,
  ClientsModule,
  EventPattern,
  Payload,
  Transport,
  type MicroserviceOptions,
} from '@nestjs/microservices';
import { InjectModel, MongooseModule } from '@nestjs/mongoose';
import {
  dialogCommandSchema,
  runIdSchema,
  timestampSchema,
  type DialogCommand,
  type DrillRevision,
} from '@stopcovid/contracts';
import {
  compileKeywords,
  defaultKeywords,
  step,
  toBatch,
  type DialogState,
  type Facts,
} from '@stopcovid/dialog-core';
import { Schema, type Model } from 'mongoose';
import { lastValueFrom } from 'rxjs';
import { revisionIn } from '../workload';
import { contestantSettings } from './settings';

/* What a good Nest developer writes from Nest's own documentation: one message at a time, one model, one emit. */

const settings = contestantSettings();
const keywords = compileKeywords(defaultKeywords);
const EVENTS = Symbol('EVENTS');
const DRILL = Symbol('DRILL');

type DialogDocument = { _id: string; version: number; state: DialogState };
const dialogSchema = new Schema<DialogDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    state: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'dialogs', versionKey: false, minimize: false },
);

@Controller()
export class StockController implements OnModuleInit {
  constructor(
    @InjectModel('Dialog') private readonly dialogs: Model<DialogDocument>,
    @Inject(EVENTS) private readonly events: ClientKafka,
    @Inject(DRILL) private readonly drill: DrillRevision,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.events.connect();
  }

  @EventPattern(settings.commands)
  async receive(@Payload() message: unknown): Promise<void> {
    const command = dialogCommandSchema.parse(message);
    const dialog = await this.dialogs.findById(command.phone);
    if (dialog === null) return;
    const facts = this.#facts();
    const { events, state } = step(dialog.state, command, facts);
    dialog.version += 1;
    dialog.state = state;
    await dialog.save();
    await this.#emit(command, toBatch({ command, version: dialog.version, at: facts.at, events, state }));
  }

  #facts(): Facts {
    return {
      at: timestampSchema.parse(new Date().toISOString()),
      runId: runIdSchema.parse(randomUUID()),
      keywords,
      drill: this.drill,
    };
  }

  async #emit({ phone }: DialogCommand, value: object): Promise<void> {
    await lastValueFrom(this.events.emit(settings.events, { key: phone, value }));
  }
}

@Module({
  imports: [
    MongooseModule.forRoot(settings.mongodbUrl),
    MongooseModule.forFeature([{ name: 'Dialog', schema: dialogSchema }]),
    ClientsModule.register([
      {
        name: EVENTS,
        transport: Transport.KAFKA,
        options: {
          client: { clientId: 'stock', brokers: [...settings.brokers] },
          producerOnlyMode: true,
          producer: { allowAutoTopicCreation: false },
        },
      },
    ]),
  ],
  controllers: [StockController],
  providers: [{ provide: DRILL, useFactory: () => revisionIn(settings.drills) }],
})
export class StockModule {}

const main = async (): Promise<void> => {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(StockModule, {
    transport: Transport.KAFKA,
    options: {
      client: { clientId: 'stock', brokers: [...settings.brokers] },
      consumer: { groupId: settings.group, allowAutoTopicCreation: false },
      subscribe: { fromBeginning: true },
      run:
        settings.partitionsConcurrently === undefined
          ? {}
          : { partitionsConsumedConcurrently: settings.partitionsConcurrently },
    },
  });
  app.enableShutdownHooks();
  await app.listen();
};

void main();
