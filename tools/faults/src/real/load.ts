import { randomBytes } from 'node:crypto';
import {
  commandIdSchema,
  phoneSchema,
  timestampSchema,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import { pause } from '@stopcovid/runtime';
import { signatureOf } from '@stopcovid/twilio';
import { seeded, type Random } from './seeded';
import { traineeTexts, type TraineeText } from './trainee-texts';

export type LoadRequest = {
  /** The address that the carrier was given, which it signs. */
  readonly webhookUrl: string;
  /** Where a webhook may go, in turn: as a balancer would send it. */
  readonly doors: readonly string[];
  readonly authToken: string;
  readonly seed: number;
  readonly phones: number;
  /** The mean pause of one phone between two texts. */
  readonly everyMs: number;
  /** Where the carrier is, if they text through it: then its list has what they wrote, and it calls the webhook. */
  readonly carrierUrl?: string;
};

/** Trainees who text until they are stopped. */
export type Load = {
  /** Texts whose webhook was answered 2xx: the system owes them an effect. */
  readonly accepted: readonly DialogCommand[];
  /** How many webhooks were not taken at first, and how many never. */
  readonly counts: { readonly retried: number; readonly givenUp: number; readonly repeated: number };
  /** Ends when each phone has its answer. */
  readonly stop: () => Promise<void>;
};

const ourNumber = '+12025550100';
/** As the webhook's address asks of Twilio: an answer within 4 s, five retries. */
const answerWithinMs = 4_000;
const retries = 5;
const retryAfterMs = 500;

/** The phones of a run: none of them can exist, and no run of another seed has the same. */
export const phonesOf = (seed: number, count: number): readonly Phone[] => {
  const random = seeded(seed);
  const numbers = new Set<Phone>();
  while (numbers.size < count)
    numbers.add(phoneSchema.parse(`+1202${String(2_000_000 + Math.floor(random() * 7_999_999))}`));
  return [...numbers];
};

type Form = Readonly<Record<string, string>>;

const textThrough = async (
  carrierUrl: string,
  text: { readonly from: string; readonly text: string },
): Promise<void> => {
  const response = await fetch(`${carrierUrl}/emulator/api/texts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(text),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the carrier refuses a text: ${response.status}`);
};

class Trainees implements Load {
  readonly accepted: DialogCommand[] = [];
  readonly counts = { retried: 0, givenUp: 0, repeated: 0 };
  readonly #stopping = new AbortController();
  readonly #work: Promise<unknown>;
  #posted = 0;

  constructor(private readonly request: LoadRequest) {
    const { seed, phones } = request;
    this.#work = Promise.all(
      phonesOf(seed, phones).map((phone, index) => this.#text(phone, seeded(seed * 1_000 + index))),
    );
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#work;
  }

  /** One phone: its next text goes when the one before has its answer, so that there is an order to keep. */
  async #text(phone: string, random: Random): Promise<void> {
    const texts = traineeTexts(random);
    const { signal } = this.#stopping;
    await this.#wait(random() * this.request.everyMs);
    while (!signal.aborted) {
      const said = texts.next().value;
      const { carrierUrl } = this.request;
      if (carrierUrl === undefined) await this.#callWebhook(phone, said);
      else await textThrough(carrierUrl, { from: phone, text: said.text });
      await this.#wait(this.request.everyMs * (0.5 + random()));
    }
  }

  async #callWebhook(phone: string, { text, repeated }: TraineeText): Promise<void> {
    const sid = `SM${randomBytes(16).toString('hex')}`;
    const form = { MessageSid: sid, From: phone, To: ourNumber, Body: text, NumMedia: '0' };
    if (await this.#deliver(form)) this.#note(sid, phone, text);
    if (!repeated) return;
    this.counts.repeated += 1;
    await this.#post(form);
  }

  async #wait(ms: number): Promise<void> {
    await pause(ms, this.#stopping.signal);
  }

  #note(sid: string, phone: string, text: string): void {
    this.accepted.push({
      type: 'ReceiveSms',
      schemaVersion: 1,
      commandId: commandIdSchema.parse(sid),
      phone: phoneSchema.parse(phone),
      at: timestampSchema.parse(new Date().toISOString()),
      text,
    });
  }

  async #deliver(form: Form): Promise<boolean> {
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      if (attempt > 0) {
        this.counts.retried += 1;
        await pause(retryAfterMs * attempt);
      }
      if (await this.#post(form)) return true;
    }
    this.counts.givenUp += 1;
    return false;
  }

  async #post(form: Form): Promise<boolean> {
    const { webhookUrl, authToken, doors } = this.request;
    this.#posted += 1;
    try {
      const response = await fetch(doors[this.#posted % doors.length] ?? webhookUrl, {
        method: 'POST',
        headers: {
          'x-twilio-signature': signatureOf(authToken, { url: webhookUrl, parameters: form }),
        },
        body: new URLSearchParams(form),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }
}

/** Lets trainees text from now on, each at its own pace. */
export const startLoad = (request: LoadRequest): Load => new Trainees(request);
