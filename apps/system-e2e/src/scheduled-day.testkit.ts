import { randomUUID } from 'node:crypto';
import { decodeBatch, topics, type DecodedBatch, type EventType } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { until } from '@stopcovid/runtime';
import type { Stack } from '@stopcovid/stack';
import { dateIn, timeIn, zoneAtNoon } from './noon.testkit';
import type { TopicReader } from './topic-reader.testkit';

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

/** What a day needs of the four services. */
export type DayParts = {
  readonly stack: Stack;
  readonly topicReader: TopicReader;
  readonly publisher: Pick<Publisher, 'publish'>;
  /** A number of nobody, by which the engine is asked for its time. */
  readonly probe: string;
};

/** Somebody who is enrolled: the batches of their phone count from this command on. */
type Trainee = { readonly phone: string; readonly enrolment: string };

/** What a day came to for one phone. */
export type LivedDay = {
  /** The drills that the schedule started. */
  readonly starts: readonly string[];
  /** How often the carrier took the first question of the day's drill. */
  readonly questions: number;
  /** The drills that were completed, as the progress API has it. */
  readonly completed: readonly string[];
};

/** When the next drill of a phone comes by its own clock, or why none does, as the progress API has it. */
export type Ahead = { readonly idle?: string; readonly next?: string };

type Timetable = {
  readonly idle?: string;
  readonly ahead: readonly { readonly kind: string; readonly comes: boolean; readonly local?: string }[];
};
type Progress = { readonly runs: readonly { readonly drill: string; readonly status: string }[] };
type Accepted = readonly { readonly to: string; readonly body: string }[];

const question = /How long should you rub your hands/;

const answered = async (response: Response): Promise<unknown> => {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return response.json();
};

const timesOf = (batches: readonly DecodedBatch[], type: EventType): number =>
  batches.flatMap(({ events }) => events.filter((event) => event.type === type)).length;

const startedIn = (batches: readonly DecodedBatch[]): readonly string[] =>
  batches.flatMap(({ events }) =>
    events.flatMap((event) =>
      event.type === 'DrillStarted' && event.reason === 'scheduled' ? [event.drill] : [],
    ),
  );

/** A day of the schedule through the four services. What went before it is dated by an engine whose clock is a day back. */
export class ScheduledDay {
  readonly #zone = zoneAtNoon(new Date());
  readonly #name = randomUUID().slice(0, 8);
  /** The date there, as the progress API writes it. */
  readonly date = dateIn(this.#zone, new Date());
  readonly employers = { shop: `shop-${this.#name}`, nightShift: `night-shift-${this.#name}` } as const;

  constructor(private readonly parts: DayParts) {}

  /** The time of day in so many hours, `HH:MM`. */
  timeIn(hours: number): string {
    return timeIn(this.#zone, new Date(Date.now() + hours * hourMs));
  }

  /** Puts the clock of the engine a day back; what it decides from then on was decided yesterday. */
  async setBackClock(): Promise<void> {
    await this.#turnClock(dayMs);
  }

  async setClockRight(): Promise<void> {
    await this.#turnClock(0);
  }

  /** Enrols phones as an employer's import does, and waits until each has its first drill. */
  async enrol(
    phones: readonly string[],
    employerId: string,
    wishes: { readonly preferredTime?: string } = {},
  ): Promise<readonly Trainee[]> {
    const account = { employerId, employerName: 'Acme Kitchens' };
    const profile = { name: 'Ana', language: 'en', ...wishes };
    const fields = { code: 'SHIFT', source: 'import', account, profile };
    const enrolled = async (phone: string): Promise<Trainee> => ({
      phone,
      enrolment: await this.#command(phone, { type: 'EnrolTrainee', ...fields }),
    });
    const trainees = await Promise.all(phones.map(enrolled));
    for (const trainee of trainees) await this.happens(trainee, 'DrillStarted');
    for (const { phone } of trainees) await this.#isKnown(phone);
    return trainees;
  }

  /** Ends the drills in progress, as an update of an operator does. */
  async abandon(trainees: readonly Trainee[]): Promise<void> {
    const update = { type: 'UpdateTrainee', abandonDrill: true };
    await Promise.all(trainees.map(({ phone }) => this.#command(phone, update)));
    for (const trainee of trainees) await this.happens(trainee, 'DrillAbandoned');
  }

  /** Texts from a phone of the emulator. */
  async text({ phone }: Trainee, text: string): Promise<void> {
    await this.#emulator('POST', 'texts', { from: phone, text });
  }

  /** Sets what an employer says about the schedule; somebody of theirs has to be known. */
  async schedule(employerId: string, settings: { time: string; opens?: string }): Promise<void> {
    const body = {
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      time: settings.time,
      window: { opens: settings.opens ?? '08:00', closes: '21:00' },
      spreadMinutes: 0,
      reminders: [],
      zone: this.#zone,
    };
    await this.#api(`/v1/schedules/employer:${employerId}`, { method: 'PUT', body });
  }

  /** Waits for an event of a phone, since it was enrolled. */
  async happens(trainee: Trainee, type: EventType): Promise<void> {
    await this.#batches(trainee, (batches) => timesOf(batches, type) > 0);
  }

  /** Waits until the schedule has started a drill of this phone. */
  async starts(trainee: Trainee): Promise<void> {
    await this.#batches(trainee, (batches) => startedIn(batches).length > 0);
  }

  async ahead({ phone }: Trainee): Promise<Ahead> {
    const path = `/v1/trainees/${encodeURIComponent(phone)}/schedule`;
    const { idle, ahead } = (await this.#api(path)) as Timetable;
    const next = ahead.find(({ kind, comes }) => kind === 'drill' && comes)?.local;
    return { ...(idle !== undefined && { idle }), ...(next !== undefined && { next }) };
  }

  /** How often the clock has looked at a phone. */
  async looks(): Promise<number> {
    const metrics = await (await fetch(`${this.parts.stack.progressUrl}/metrics`)).text();
    return Number(/^schedule_due_total(?:\{[^}]*\})? (\d+)$/m.exec(metrics)?.[1] ?? 0);
  }

  /** Answers, from all of these phones, each question as it comes, up to the end of the drill. */
  async answer(trainees: readonly Trainee[], answers: readonly string[]): Promise<void> {
    for (const [index, answer] of answers.entries()) {
      await Promise.all(trainees.map((trainee) => this.text(trainee, answer)));
      for (const trainee of trainees)
        await this.#batches(trainee, (batches) => timesOf(batches, 'PromptCompleted') > index);
    }
    for (const trainee of trainees) {
      await this.happens(trainee, 'DrillCompleted');
      await until(async () => (await this.completed(trainee)).length > 0, {
        what: 'the progress API has the drill as completed',
      });
    }
  }

  async completed({ phone }: Trainee): Promise<readonly string[]> {
    const { runs } = (await this.#api(`/v1/trainees/${encodeURIComponent(phone)}`)) as Progress;
    return runs.filter(({ status }) => status === 'completed').map(({ drill }) => drill);
  }

  /** All that came of the day for a phone, up to a command given now: nothing given before it is still on its way. */
  async lived(trainee: Trainee): Promise<LivedDay> {
    const { phone } = trainee;
    const last = await this.#command(phone, { type: 'PauseSchedule', reason: 'operator' });
    const batches = await this.#batches(trainee, (found) =>
      found.some(({ commandId }) => commandId === last),
    );
    const accepted = (await this.#emulator('GET', 'accepted')) as Accepted;
    return {
      starts: startedIn(batches),
      questions: accepted.filter(({ to, body }) => to === phone && question.test(body)).length,
      completed: await this.completed(trainee),
    };
  }

  async #turnClock(backMs: number): Promise<void> {
    this.parts.stack.services.get('dialog-engine')?.kill('SIGUSR2');
    const isTurned = async (): Promise<boolean> => {
      const { probe } = this.parts;
      const enrolment = await this.#command(probe, { type: 'PauseSchedule', reason: 'operator' });
      const [batch] = await this.#batches({ phone: probe, enrolment }, (batches) => batches.length > 0);
      return Math.abs(Date.now() - backMs - Date.parse(batch?.at ?? '')) < hourMs;
    };
    await until(isTurned, { what: `the engine's clock is ${backMs} ms back` });
  }

  async #batches(
    { phone, enrolment }: Trainee,
    fit: (batches: readonly DecodedBatch[]) => boolean,
  ): Promise<readonly DecodedBatch[]> {
    let batches: readonly DecodedBatch[] = [];
    await this.parts.topicReader.until(topics.dialogEvents, phone, (found) => {
      const all = found.flatMap(({ value }) => {
        const decoded = decodeBatch(value ?? Buffer.alloc(0));
        return decoded.ok ? [decoded.value] : [];
      });
      const first = all.findIndex(({ commandId }) => commandId === enrolment);
      batches = first < 0 ? [] : all.slice(first);
      return fit(batches);
    });
    return batches;
  }

  async #command(
    phone: string,
    fields: { readonly type: string; readonly [field: string]: unknown },
  ): Promise<string> {
    const commandId = `${this.#name}-${randomUUID()}`;
    const command = { schemaVersion: 1, commandId, phone, at: new Date().toISOString(), ...fields };
    await this.parts.publisher.publish(topics.dialogCommands, [
      { key: phone, value: JSON.stringify(command) },
    ]);
    return commandId;
  }

  async #isKnown(phone: string): Promise<void> {
    const path = `/v1/trainees/${encodeURIComponent(phone)}`;
    await until(() => this.#api(path).catch(() => false), { what: 'the progress API knows a phone' });
  }

  async #api(
    path: string,
    { method = 'GET', body }: { method?: string; body?: object } = {},
  ): Promise<unknown> {
    const { progressUrl, apiKey } = this.parts.stack;
    return answered(
      await fetch(`${progressUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  }

  async #emulator(method: string, path: string, body?: object): Promise<unknown> {
    return answered(
      await fetch(`${this.parts.stack.phonesUrl}/emulator/api/${path}`, {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      }),
    );
  }
}
