import type { ScheduleSettings } from '@stopcovid/calendar';
import { commandRecord, topics, type DialogCommand, type DrillSlug, type Phone } from '@stopcovid/contracts';
import type { HeldPartitions, Publisher } from '@stopcovid/kafka';
import type { pause } from '@stopcovid/runtime';
import type { Offer } from '../progress/offer';
import { idOfOwner, type Schedules } from '../schedules/schedules';
import type { ScheduleAgenda } from './agenda';
import { ApplyingSchedules, ownersOf } from './applying-schedule';
import { claim, unscheduled, type Claim } from './claim';
import { DripSteps, nearest } from './drip-steps';
import type { PhoneSchedule } from './phone-schedule';
import type { DueSchedules, PhoneSchedules } from './phone-schedules';
import { Replanning } from './replanning';
import type { WaitingMessages } from './waiting-messages';

/** What one look at what is due came to. */
export type TickReport = {
  readonly claims: readonly Claim[];
  readonly unreadable: DueSchedules['unreadable'];
  /** How many phones somebody else wrote meanwhile: they are looked at again. */
  readonly lost: number;
  /** How long ago the one that waited longest was due, of those with a time; 0 when none was. */
  readonly oldestMs: number;
  readonly ms: number;
};

export type ClockParts = {
  readonly phones: PhoneSchedules;
  /** Who is to be looked at when; whoever else writes schedules in this process notes them there. */
  readonly agenda: ScheduleAgenda;
  readonly schedules: Schedules;
  readonly messages: WaitingMessages;
  /** The organisation's settings now, if it has any. */
  readonly organisation: () => ScheduleSettings | undefined;
  readonly offer: () => Offer;
  readonly nextDrill: (drills: PhoneSchedule['drills'], offer: Offer) => DrillSlug | undefined;
  /** Whether none is left once this one is done. */
  readonly isLast: (drills: PhoneSchedule['drills'], drill: DrillSlug, offer: Offer) => boolean;
  /** Which of these are the phones that their persons registered last. */
  readonly active: (phones: readonly PhoneSchedule[]) => Promise<ReadonlySet<Phone>>;
  readonly publisher: Pick<Publisher, 'publish'>;
  /** The partitions of the events' topic that are this replica's now. */
  readonly held: () => HeldPartitions;
  /** Milliseconds since 1970, by the database's clock; never backwards. */
  readonly now: () => Promise<number>;
  readonly everyMs: number;
  /** How time passes. */
  readonly pause: typeof pause;
  readonly onTick: (report: TickReport) => void;
  readonly onTrouble: (error: unknown) => void;
};

/** As many are taken at a time: all that is held in memory at once. */
const mostAtOnce = 2_000;
/** As many are asked for that come due. */
const mostAhead = 2_000;
/** As many are published and written together, while others are planned. */
const perSlice = 500;

const slicesOf = (schedules: readonly PhoneSchedule[]): readonly (readonly PhoneSchedule[])[] =>
  Array.from({ length: Math.ceil(schedules.length / perSlice) }, (_, index) =>
    schedules.slice(index * perSlice, (index + 1) * perSlice),
  );

/** All of them, or the first failure once none is under way any more. */
const allOf = async <T>(promises: readonly Promise<T>[]): Promise<readonly T[]> => {
  await Promise.allSettled(promises);
  return Promise.all(promises);
};

/** What a look starts from. */
type Look = {
  readonly partitions: readonly number[];
  readonly organisation: ScheduleSettings | undefined;
  readonly now: number;
};

/**
 * Makes due what is due on the partitions that are ours: takes the longest overdue, publishes the commands, and only then
 * writes how far it is. A crash in between publishes the same ids again, and of two owners one loses the write. Who is due
 * is known from an agenda; the store is asked when the partitions change, and rarely.
 */
export class Clock {
  readonly #stopping = new AbortController();
  readonly #applying = new ApplyingSchedules();
  readonly #drips = new DripSteps();
  readonly #replanning: Replanning;
  readonly #agenda: ScheduleAgenda;
  readonly #phones: PhoneSchedules;
  /** Did anybody say anything about schedules, when that was asked last? */
  #isScheduled = false;
  #loop: Promise<void> | undefined;

  constructor(private readonly parts: ClockParts) {
    this.#agenda = parts.agenda;
    this.#phones = parts.agenda.noting(parts.phones);
    this.#replanning = new Replanning(parts);
  }

  /** Starts ticking; a second call changes nothing. */
  start(): void {
    this.#loop ??= this.#serve();
  }

  /** Takes nothing more, and resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  /** One look at what is due. Answers whether there may be more. */
  async tick(): Promise<boolean> {
    const held = this.parts.held();
    const { partitions } = held;
    const organisation = this.parts.organisation();
    if (partitions.length === 0) return false;
    const look = { partitions, organisation, now: await this.parts.now() };
    this.#agenda.follow(held);
    const mayBeScheduled = this.#isScheduled || organisation !== undefined;
    if (mayBeScheduled && this.#replanning.isRebased(look)) this.#agenda.askAgain();
    return this.#agenda.mustAsk(look.now) ? this.#ask(look) : this.#takeKnown(look);
  }

  async #serve(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const more = await this.tick().catch((error: unknown) => {
        this.parts.onTrouble(error);
        return false;
      });
      if (!more && !signal.aborted) await this.parts.pause(this.parts.everyMs, signal);
    }
  }

  /** Takes what the store says is due, and once that is done notes what comes due soon. */
  async #ask(look: Look): Promise<boolean> {
    const { partitions, organisation, now } = look;
    let more = false;
    await this.#agenda.read(now, async (until) => {
      this.#isScheduled = organisation !== undefined || (await this.parts.schedules.any());
      if (!this.#isScheduled) return { rows: [], upTo: until };
      if (await this.#replanning.mark(look)) this.#agenda.askAgain();
      const due = await this.#phones.due({ partitions, now, limit: mostAtOnce });
      this.#agenda.drop(due.schedules.map(({ phone }) => phone));
      await this.#take(due, look);
      more = due.schedules.length === mostAtOnce;
      if (more) return undefined;
      const rows = await this.#phones.ahead({ partitions, now, until, limit: mostAhead });
      return { rows, upTo: rows.length < mostAhead ? until : (rows.at(-1)?.nextAt ?? now) };
    });
    return more;
  }

  /** Takes who is due as far as is known here, as they are stored now. */
  async #takeKnown(look: Look): Promise<boolean> {
    if (!this.#isScheduled) return false;
    const phones = this.#agenda.take(look.now, mostAtOnce);
    try {
      await this.#take({ schedules: await this.#stillDue(phones, look), unreadable: [] }, look);
    } catch (error) {
      this.#agenda.askAgain();
      throw error;
    }
    return phones.length === mostAtOnce;
  }

  /* Who cannot be read is told, and put off, when the store is asked. */
  async #stillDue(phones: readonly Phone[], { partitions, now }: Look): Promise<readonly PhoneSchedule[]> {
    const found = phones.length === 0 ? [] : (await this.#phones.load(phones)).values();
    const ours = [...found]
      .flatMap((known) => (known.kind === 'readable' ? [known.value] : []))
      .filter(({ partition }) => partitions.includes(partition));
    for (const { phone, nextAt } of ours) if ((nextAt ?? 0) > now) this.#agenda.note(phone, nextAt);
    return ours.filter(({ nextAt }) => nextAt !== null && nextAt <= now);
  }

  async #take({ schedules, unreadable }: DueSchedules, { organisation, now }: Look): Promise<void> {
    const startedAt = performance.now();
    const claims = await allOf(slicesOf(schedules).map((slice) => this.#takeSlice(slice, organisation, now)));
    const waited = schedules.flatMap(({ nextAt }) => (nextAt ? [now - nextAt] : []));
    this.parts.onTick({
      claims: claims.flat(),
      unreadable,
      lost: schedules.length - claims.flat().length,
      oldestMs: Math.max(0, ...waited),
      ms: performance.now() - startedAt,
    });
  }

  /** Answers what was claimed and written. */
  async #takeSlice(
    slice: readonly PhoneSchedule[],
    organisation: ScheduleSettings | undefined,
    now: number,
  ): Promise<readonly Claim[]> {
    const claims = await this.#claim(slice, organisation, now);
    await this.#publish(claims.flatMap(({ command }) => command ?? []));
    await this.parts.messages.settle(claims.flatMap(({ settled }) => settled));
    const lost = await this.#phones.save(claims.map(({ phone, next }) => ({ before: phone, next })));
    return claims.filter(({ phone }) => !lost.has(phone.phone));
  }

  async #claim(
    phones: readonly PhoneSchedule[],
    organisation: ScheduleSettings | undefined,
    now: number,
  ): Promise<readonly Claim[]> {
    const owners = new Map(phones.flatMap(ownersOf).map((owner) => [idOfOwner(owner), owner]));
    const [stored, active, messages] = await Promise.all([
      this.parts.schedules.of([...owners.values()]),
      this.parts.active(phones),
      this.parts.messages.waitingFor(phones),
    ]);
    const said = new Map(stored.map((each) => [idOfOwner(each.owner), each]));
    const offer = this.parts.offer();
    return phones.map((phone) => {
      const applies = this.#applying.of(phone, said, organisation);
      if (applies === null) return unscheduled(phone);
      const nextDrill = this.parts.nextDrill(phone.drills, offer) ?? null;
      const steps = nearest(this.#drips.waitingFor(phone, offer.drips), now);
      return claim(phone, {
        applies,
        active: active.has(phone.phone),
        nextDrill,
        isLast: (drill) => this.parts.isLast(phone.drills, drill, offer),
        messages: [...steps.messages, ...(messages.get(phone.phone) ?? [])],
        steps: steps.drills,
        now,
      });
    });
  }

  async #publish(commands: readonly DialogCommand[]): Promise<void> {
    if (commands.length === 0) return;
    await this.parts.publisher.publish(
      topics.dialogCommands,
      commands.map((command) => commandRecord(command)),
    );
  }
}
