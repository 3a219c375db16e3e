import {
  commandIdSchema,
  phoneSchema,
  timestampSchema,
  type DialogCommand,
  type EventBatch,
  type Language,
  type Phone,
} from '@stopcovid/contracts';
import type { Catalogue } from '@stopcovid/drills';
import { evolveProgress, followUps, offerOf, type TraineeProgress } from '@stopcovid/progress-tracker';
import { textsFor, type CopyOptions, type OutgoingText } from '@stopcovid/sms-copy';
import { LocalDialogs, type LocalWorld } from './local-dialogs';

/** What was typed, and what the phone read because of it. */
export type Exchange = { readonly text: string; readonly reads: readonly OutgoingText[] };

export type ConversationOptions = {
  readonly phone?: string;
  readonly language?: Language;
  readonly copy?: CopyOptions;
};

const nowhere = { partition: 0, offset: '0' };

/**
 * One phone talking to the engine's core, the tracker's rules for what comes next and the copy that trainees read:
 * the whole product without its wires.
 */
export class Conversation {
  readonly #dialogs: LocalDialogs;
  readonly #phone: Phone;
  readonly #exchanges: Exchange[] = [];
  readonly #options: ConversationOptions;
  readonly #catalogue: Catalogue;
  #progress: TraineeProgress | undefined;
  #sent = 0;

  constructor(world: LocalWorld, options: ConversationOptions = {}) {
    this.#dialogs = new LocalDialogs(world);
    this.#catalogue = world.catalogue;
    this.#options = options;
    this.#phone = phoneSchema.parse(options.phone ?? '+12025550100');
    const { language } = options;
    if (language !== undefined)
      this.#run({ type: 'UpdateTrainee', ...this.#envelope(), profile: { language } });
  }

  /** Texts to the engine, and answers what the phone reads then. */
  say(text: string): Exchange {
    const exchange = { text, reads: this.#run({ type: 'ReceiveSms', ...this.#envelope(), text }) };
    this.#exchanges.push(exchange);
    return exchange;
  }

  /** All that was said so far. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  #envelope(): Pick<DialogCommand, 'schemaVersion' | 'commandId' | 'phone' | 'at'> {
    this.#sent += 1;
    return {
      schemaVersion: 1,
      commandId: commandIdSchema.parse(`text-${this.#sent}`),
      phone: this.#phone,
      at: timestampSchema.parse(new Date().toISOString()),
    };
  }

  #run(command: DialogCommand): readonly OutgoingText[] {
    const result = this.#dialogs.handle(command);
    if (result.kind === 'refused') throw new Error(`${result.code}: ${result.reason}`);
    return result.kind === 'repeated'
      ? []
      : [
          ...textsFor(result.batch, { own: this.#catalogue.copy, ...this.#options.copy }),
          ...this.#follow(result.batch),
        ];
  }

  #follow(batch: EventBatch): readonly OutgoingText[] {
    this.#progress = evolveProgress(this.#progress, batch, nowhere);
    return followUps(batch, this.#progress, offerOf(this.#catalogue)).flatMap((command) =>
      this.#run(command),
    );
  }
}
