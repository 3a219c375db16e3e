import {
  commandIdSchema,
  drillSlugSchema,
  timestampSchema,
  type Account,
  type DialogCommand,
  type EventBatch,
} from '@stopcovid/contracts';
import type { Random } from '@stopcovid/carrier-emulator';
import type { AwaitingReply, DialogState } from '@stopcovid/dialog-core';
import type { Catalogue } from '@stopcovid/drills';
import { evolveProgress, followUps, offerOf, type TraineeProgress } from '@stopcovid/progress-tracker';
import { answerOf } from './answering';
import { bell, type Person } from './people';
import type { PastEngine } from './past-engine';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The engine forgets which commands it has decided after 64 of a phone; nobody has as many as that behind them. */
const mostCommands = 60;

/** A drill that comes by the clock: how many days after the first morning, and to whom. */
type Lesson = { readonly drill: string; readonly day: number; readonly to?: 'es' };

/* The intake and the first drill follow the registration by themselves. */
const lessons: readonly Lesson[] = [
  { drill: '02-feeling-sick', day: 7 },
  { drill: 'english-lesson', day: 11, to: 'es' },
  { drill: '03-clean-surfaces', day: 14 },
  { drill: '04-masks', day: 24 },
];

/** What somebody's four weeks are lived with. Times are in milliseconds since 1970. */
export type Surroundings = {
  readonly engine: PastEngine;
  readonly stateOf: (person: Person) => Promise<DialogState | undefined>;
  readonly catalogue: Catalogue;
  readonly account: Account;
  /** Ten o'clock of the first day, where they are. */
  readonly firstMorning: number;
  /** Nothing is at this time or later. */
  readonly until: number;
};

/** Behind `until`, or behind more commands than the engine keeps in mind. */
class Over extends Error {}

type Body<C> = C extends DialogCommand ? Omit<C, 'schemaVersion' | 'commandId' | 'phone' | 'at'> : never;

/** One person's four weeks, from their enrolment on: all that they are asked and all that they answer. */
export class Life {
  #at = 0;
  #commands = 0;
  #progress: TraineeProgress | undefined;

  constructor(
    private readonly person: Person,
    private readonly around: Surroundings,
    private readonly random: Random,
  ) {}

  async live(): Promise<void> {
    try {
      await this.#enrol();
      for (const lesson of lessons) await this.#take(lesson);
    } catch (error) {
      if (!(error instanceof Over)) throw error;
    }
  }

  async #enrol(): Promise<void> {
    const { person, around, random } = this;
    const { name, language, unitId } = person;
    this.#at = around.firstMorning + person.laterBy * dayMs + random() * 2 * hourMs;
    await this.#ask({
      type: 'EnrolTrainee',
      code: 'made-up',
      source: 'made-up company',
      account: { ...around.account, unitId },
      profile: { name, language, timeZone: 'America/New_York' },
    });
    await this.#answerAll();
  }

  async #take({ drill, day, to }: Lesson): Promise<void> {
    const { person, around, random } = this;
    if (to !== undefined && person.language !== to) return;
    const comes = around.firstMorning + (day + person.laterBy) * dayMs + random() * hourMs;
    if (await this.#hasLeft()) return;
    await this.#makeRoom(comes);
    this.#at = comes;
    await this.#ask({ type: 'StartDrill', drill: drillSlugSchema.parse(drill), reason: 'scheduled' });
    await this.#answerAll();
  }

  /** A drill that nobody answers ends after three days. */
  async #makeRoom(before: number): Promise<void> {
    const open = await this.#open();
    if (open === undefined) return;
    this.#at = Math.min(this.#at + 3 * dayMs, before - minuteMs);
    await this.#ask({ type: 'AbandonDrill', runId: open.run.runId, reason: 'expired' });
  }

  async #answerAll(): Promise<void> {
    for (let open = await this.#open(); open !== undefined; open = await this.#open())
      if (!(await this.#answer(open))) return;
  }

  /** Answers the open question, some time; or leaves it, and says so by `false`. */
  async #answer(open: AwaitingReply): Promise<boolean> {
    const { person, random } = this;
    if (random() < person.leaving / 3) return this.#leave();
    if (random() < person.diligence) this.#at += 25_000 * Math.exp(0.9 * bell(random));
    else if (!(await this.#isReminded(open))) return false;
    const revision = this.around.catalogue.byHash.get(open.run.revision);
    const prompt = revision?.content.prompts.find(({ slug }) => slug === open.prompt);
    if (prompt === undefined) throw new Error(`${open.run.drill} has no prompt ${open.prompt}`);
    const asked = { drill: open.run.drill, prompt };
    await this.#ask({ type: 'ReceiveSms', text: answerOf(asked, person, random) });
    return true;
  }

  /** Whether one of two reminders does what the question did not. */
  async #isReminded({ run, prompt }: AwaitingReply): Promise<boolean> {
    const { person, random } = this;
    for (const [rung, hours] of [
      [1, 4],
      [2, 24],
    ] as const) {
      this.#at += hours * hourMs;
      await this.#ask({ type: 'RemindTrainee', runId: run.runId, prompt, rung });
      if (random() > person.diligence * 0.6) continue;
      this.#at += random() * hourMs;
      return true;
    }
    return false;
  }

  async #leave(): Promise<false> {
    this.#at += 5 * minuteMs;
    await this.#ask({ type: 'ReceiveSms', text: 'STOP' });
    await this.#ask({ type: 'ReceiveSms', text: 'STOP' });
    return false;
  }

  async #open(): Promise<AwaitingReply | undefined> {
    const state = await this.around.stateOf(this.person);
    return state?.conversation.status === 'AwaitingReply' ? state.conversation : undefined;
  }

  async #hasLeft(): Promise<boolean> {
    return (await this.around.stateOf(this.person))?.trainee.optedOut ?? false;
  }

  async #ask(body: Body<DialogCommand>): Promise<void> {
    if (this.#at >= this.around.until || this.#commands >= mostCommands) throw new Over();
    this.#commands += 1;
    const command = {
      ...body,
      schemaVersion: 1,
      commandId: commandIdSchema.parse(`made-up-${this.person.phone.slice(1)}-${this.#commands}`),
      phone: this.person.phone,
      at: timestampSchema.parse(new Date(this.#at).toISOString()),
    } as DialogCommand;
    await this.#decide(command);
  }

  /* What the tracker asks for because of a batch it will ask for again as it reads it: under the same ids, so once. */
  async #decide(command: DialogCommand): Promise<void> {
    const batch: EventBatch = await this.around.engine.decide(command);
    this.#progress = evolveProgress(this.#progress, batch, { partition: 0, offset: '0' });
    for (const next of followUps(batch, this.#progress, offerOf(this.around.catalogue))) {
      this.#commands += 1;
      await this.#decide(next);
    }
  }
}
