import { decodeCommand, decodeKeyed, topics, type DialogCommand, type Phone } from '@stopcovid/contracts';
import { checkHistory, type History, type Slowness } from '../invariants';
import type { Dialog } from '@stopcovid/dialog-engine';
import { textsFor } from '@stopcovid/sms-copy';
import type { Waiting } from '@stopcovid/projections';
import type { Consumer } from './consumer';
import { liveCalmly, overdueIn, passSometimes, scheduledIn } from './days';
import { trialOf, tryFairness } from './fairness-trial';
import { readBy } from './later-release';
import { servicesIn, type Service } from './nodes';
import type { Problem, RunOptions, RunResult } from './run-result';
import { Node, settle } from './scheduler';
import { collections, type Collection } from './spoiled';
import { everybody, lastWords, phones, workloadOf, write, type Written } from './workload';
import { World } from './world';

type Process = { readonly service: Service; readonly consumer: Consumer };

const replicas = 2;
const mostSteps = 6_000;
/** Longer than readers leave a document alone that they could not read. */
const lookAgainMs = 65_000;

const partitionsOf = ({ log }: World): readonly number[] => [...Array(log.partitions).keys()];

/** One run: a workload and faults, then quiet, then the question what broke. */
class Run {
  readonly #world: World;
  readonly #services: readonly Service[];
  readonly #operator = new Node('operator');
  readonly #workload: readonly Written[];
  readonly #poison = new Set<string>();
  readonly #slowness: Slowness[] = [];
  readonly #trial: ReturnType<typeof trialOf>;
  readonly #zombies = new Set<Process>();
  #processes: Process[] = [];
  #written = 0;
  #booted = 0;

  constructor(options: RunOptions) {
    const { skips = false, days } = options.mutation ?? {};
    this.#world = new World({ skips, ...(days && { days }), ...options });
    this.#services = servicesIn({ world: this.#world, mutation: options.mutation ?? {} });
    this.#trial = trialOf(options.seed);
    const workload = workloadOf(this.#world, 8 + this.#world.chance.below(14));
    this.#workload = workload.slice(0, options.records ?? workload.length);
    this.#world.onCrash = (node) => this.#crash(node);
  }

  async play(): Promise<RunResult> {
    for (const service of this.#services) for (let n = 0; n < replicas; n += 1) this.#boot(service);
    await settle();
    const stuck =
      (await this.#untilWritten()) ??
      (await this.#untilQuiet()) ??
      (await liveCalmly(this.#world, () => this.#becomesQuiet(new Set()))) ??
      (await this.#tryFairness());
    const { faults, scheduler } = this.#world;
    const problems = stuck === undefined ? await this.#check() : [stuck];
    for (const { consumer } of this.#processes) scheduler.kill(consumer.node);
    return {
      problems,
      faults: faults.happened,
      steps: scheduler.steps,
      records: this.#workload.length,
      trace: scheduler.trace,
    };
  }

  #boot(service: Service): void {
    this.#booted += 1;
    const process = { service, consumer: service.boot(`${service.group.name}-${this.#booted}`) };
    this.#processes.push(process);
    service.group.join(process.consumer);
  }

  /** A process dies; its group notices, and another one is started some time later. */
  #crash(node: Node): void {
    const { scheduler } = this.#world;
    const process = this.#processes.find(({ consumer }) => consumer.node === node);
    scheduler.kill(node);
    if (!process) return;
    this.#processes = this.#processes.filter((each) => each !== process);
    this.#zombies.delete(process);
    process.service.group.leave(process.consumer, true);
    void scheduler.pause(this.#operator, 5_000).then(() => this.#boot(process.service));
  }

  async #untilWritten(): Promise<Problem | undefined> {
    const { chance, scheduler } = this.#world;
    for (let step = 0; step < mostSteps; step += 1) {
      const next = this.#workload[this.#written];
      if (next === undefined && chance.next() < 0.01) return undefined;
      if (next !== undefined && chance.next() < 0.05) {
        this.#write(next);
      }
      this.#disturb();
      await passSometimes(this.#world);
      if (!(await scheduler.step()) && next === undefined) return undefined;
    }
    return { invariant: 'liveness', detail: `the workload was not written within ${mostSteps} steps` };
  }

  #write(next: Written): void {
    const { scheduler, log, laterRelease } = this.#world;
    const place = write(log, next);
    if (next.value !== null && next.known !== undefined) laterRelease.add(next.value, next.known);
    if (next.poison) this.#poison.add(place);
    this.#written += 1;
    scheduler.note(`written: ${place}`);
  }

  /** What happens to processes by themselves. */
  #disturb(): void {
    const { faults, chance, scheduler } = this.#world;
    if (faults.strikes('crash at rest') && this.#processes.length > 0) {
      const { consumer } = chance.pick(this.#processes);
      scheduler.note(`${consumer.node.name} is killed`);
      this.#crash(consumer.node);
    }
    if (faults.strikes('rebalance')) this.#rebalance(chance.pick(this.#services));
    if (faults.strikes('clock jump')) {
      const ms = chance.pick([3_600_000, -3_600_000, 3 * 86_400_000]);
      scheduler.note(`the clocks jump by ${ms / 3_600_000} h`);
      scheduler.jump(ms);
    }
    if (faults.strikes('release changes')) this.#changeRelease();
    this.#spoilOrMend();
    if (this.#zombies.size > 0 && chance.next() < 0.02) this.#wake(chance.pick([...this.#zombies]));
  }

  #spoilOrMend(): void {
    const { faults, chance, spoiled } = this.#world;
    if (faults.strikes('document spoiled')) this.#spoil();
    for (const collection of spoiled.collections) if (chance.next() < 0.01) this.#mend(collection);
  }

  #spoil(): void {
    const { chance, spoiled, scheduler } = this.#world;
    const [collection, phone] = [chance.pick(collections), chance.pick(phones)];
    scheduler.note(`what ${collection} has of ${phone} cannot be read any more`);
    spoiled.spoil(collection, phone);
  }

  #mend(collection: Collection): void {
    const { spoiled, scheduler } = this.#world;
    scheduler.note(`what cannot be read in ${collection} is mended`);
    spoiled.mend(collection);
  }

  /** An update, or a rollback: what starts from now on is of the other release. */
  #changeRelease(): void {
    const { laterRelease, scheduler } = this.#world;
    laterRelease.isHere = !laterRelease.isHere;
    scheduler.note(
      `processes that start now are of the ${laterRelease.isHere ? 'later' : 'present'} release`,
    );
  }

  /** Every process is replaced by one of the later release, which can read all that was written. */
  #update(): void {
    this.#world.laterRelease.isHere = true;
    this.#world.scheduler.note('all processes are replaced by those of the later release');
    for (const { consumer } of this.#processes) this.#crash(consumer.node);
  }

  #rebalance(service: Service): void {
    const { faults, chance, scheduler } = this.#world;
    const awake = this.#processes.filter((each) => each.service === service && !this.#zombies.has(each));
    const zombie = awake.length > 1 && faults.strikes('zombie') ? chance.pick(awake) : undefined;
    scheduler.note(
      `${service.group.name} rebalances${zombie ? `, ${zombie.consumer.node.name} does not notice` : ''}`,
    );
    if (faults.strikes('offsets set back')) {
      scheduler.note('an offset is set back');
      service.group.setBack();
    }
    if (zombie) {
      this.#zombies.add(zombie);
      service.group.leave(zombie.consumer, false);
    } else service.group.rebalance();
  }

  #wake(process: Process): void {
    this.#zombies.delete(process);
    this.#world.scheduler.note(`${process.consumer.node.name} notices that it was left out`);
    process.service.group.wake(process.consumer);
  }

  /** Whoever waits does so by the clock: one that stays behind is a fault that goes on. */
  #putClocksRight(): void {
    const { scheduler } = this.#world;
    const wrong = scheduler.putClocksRight();
    if (wrong > 0) scheduler.note(`clocks that were ${wrong / 3_600_000} h behind are put right`);
  }

  async #untilQuiet(): Promise<Problem | undefined> {
    const { faults, log, scheduler, skips, spoiled } = this.#world;
    faults.end();
    scheduler.note('from now on all goes well');
    this.#putClocksRight();
    for (const zombie of [...this.#zombies]) this.#wake(zombie);
    this.#update();
    if (skips) for (const last of lastWords('skipped')) write(log, last);
    const excused = spoiled.met;
    const stuck = await this.#becomesQuiet(excused);
    if (stuck !== undefined) return stuck;
    const waiting = await this.#whoWaits();
    const beside = waiting.filter(({ phone, because }) => because !== 'future' && !excused.has(phone));
    if (beside.length > 0)
      return {
        invariant: 'liveness',
        detail: `${beside.map(({ phone }) => phone).join(', ')} waits for nothing`,
      };
    if (excused.size === 0 && waiting.length === 0) return undefined;
    await this.#mendAll();
    return this.#becomesQuiet(new Set());
  }

  /** Some runs end with something slow, and then become quiet once more. */
  async #tryFairness(): Promise<Problem | undefined> {
    if (this.#trial === undefined) return undefined;
    this.#slowness.push(await tryFairness(this.#world, this.#trial));
    return this.#becomesQuiet(new Set());
  }

  /** Readers look again at what they could not read after a while, when something comes. */
  async #mendAll(): Promise<void> {
    const { scheduler, log, spoiled } = this.#world;
    for (const collection of spoiled.collections) this.#mend(collection);
    let isOver = false;
    void scheduler.pause(this.#operator, lookAgainMs).then(() => (isOver = true));
    while (!isOver && (await scheduler.step()));
    for (const last of lastWords('mended')) write(log, last);
  }

  /** Of both readers of events. */
  async #whoWaits(): Promise<readonly Waiting[]> {
    const { waiting, senderWaiting } = this.#world;
    const places = partitionsOf(this.#world);
    const all = await Promise.all([waiting, senderWaiting].flatMap((each) => places.map((p) => each.of(p))));
    return all.flat();
  }

  /** Until nothing is to be done but for these phones, of which a document may be unreadable. */
  async #becomesQuiet(excused: ReadonlySet<Phone>): Promise<Problem | undefined> {
    const { scheduler } = this.#world;
    for (let step = 0; step < mostSteps; step += 1) {
      if (step % 20 === 0 && (await this.#unfinished(excused)).length === 0) return undefined;
      await scheduler.step();
    }
    const detail = `not quiet within ${mostSteps} steps without faults: ${(await this.#unfinished(excused)).join(', ')}`;
    return { invariant: 'liveness', detail };
  }

  /** What is still to be done, in words. */
  async #unfinished(excused: ReadonlySet<Phone>): Promise<readonly string[]> {
    const { outboxes } = await this.#world.outboxes.load(everybody);
    const waiting = [...outboxes.values()].filter(
      ({ phone, pending }) => pending.length > 0 && !excused.has(phone),
    );
    const marks = await this.#marks();
    const held = (await this.#dialogs()).filter(
      ({ phone, hold }) => marks.has(hold ?? '') && !excused.has(phone),
    );
    return [
      ...(await overdueIn(this.#world)),
      ...this.#services.flatMap(({ group }) => (group.isDone() ? [] : [`${group.name} lags`])),
      ...(this.#processes.length < replicas * this.#services.length ? ['a process is not back'] : []),
      ...held.map(({ phone }) => `commands of ${phone} are held`),
      ...waiting.map(({ phone, pending, notBefore }) => {
        const states = pending.map(({ delivery }) => delivery.status).join(' ');
        return `${phone} waits ${notBefore - this.#world.scheduler.now} ms with ${states}`;
      }),
    ];
  }

  async #dialogs(): Promise<readonly Dialog[]> {
    const stored = await this.#world.dialogs.load(everybody);
    return [...stored.values()].flatMap((each) => (each.kind === 'readable' ? [each.dialog] : []));
  }

  /** The marks under which commands wait. */
  async #marks(): Promise<ReadonlySet<string>> {
    const queues = await this.#world.held.queues(partitionsOf(this.#world));
    return new Set(queues.map(({ hold }) => hold));
  }

  async #check(): Promise<readonly Problem[]> {
    const { bugs, witnessed } = this.#world;
    return [
      ...checkHistory(await this.#history()),
      ...bugs.map((detail): Problem => ({ invariant: 'I10', detail })),
      ...witnessed.map((detail): Problem => ({ invariant: 'I8', detail })),
    ];
  }

  async #history(): Promise<History> {
    const { log, progress, carrier, idOf, laterRelease } = this.#world;
    const commands = log.records(topics.dialogCommands).map(readBy(laterRelease.wording));
    const { trainees } = await progress.load(everybody, []);
    return {
      accepted: commands.flatMap((record) => {
        const read = decodeKeyed<DialogCommand>(record, decodeCommand);
        const place = `${record.topic}/${record.partition}/${record.offset}`;
        return read.ok && !this.#poison.has(place) ? [read.value] : [];
      }),
      listed: [],
      commands,
      events: log.records(topics.dialogEvents).map(readBy(laterRelease.wording)),
      smsLog: log.records(topics.smsLog),
      deadLetters: log.topics().flatMap((topic) => (topic.endsWith('.dead') ? log.records(topic) : [])),
      poison: this.#poison,
      dialogs: await this.#dialogs(),
      held: await this.#marks(),
      trainees: [...trainees.values()],
      runs: (await Promise.all(everybody.map((phone) => progress.runsOf(phone, 1_000)))).flat(),
      carrier: carrier.accepted,
      slowness: this.#slowness,
      scheduled: await scheduledIn(this.#world),
      forged: new Set(),
      textsOf: (batch) =>
        textsFor(batch, {}).map(({ kind }, index) => ({
          messageId: idOf(batch, index),
          isConsent: kind === 'consent',
        })),
    };
  }
}

/** Plays one run. The same options always give the same result. */
export const run = (options: RunOptions): Promise<RunResult> => new Run(options).play();
