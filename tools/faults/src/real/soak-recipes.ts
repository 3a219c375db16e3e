import { setCarrier, well } from './carrier';
import { withDatabase, type Connection } from './database';
import { columnsOf } from './report';
import { afterOutageMs, kindsOf, wait, workedAgain, type Recipe, type Scene } from './scene';
import { brokenIn, soakRows } from './soak/judge';
import { lookAt, type Look, type Watched } from './soak/look';
import { planOf, type Plan } from './soak/plan';
import type { Node } from './system';

const usualMinutes = 60;
/** Under the sender's own limit of two seconds, so that every call ends well, late. */
const slowAnswerMs = 1_000;
const collectedWithinMs = 1_000;

/* One of each kind in turn, so that those of a kind are half the round apart. */
const inTurn = ({ system }: Scene): readonly Node[] => {
  const kinds = kindsOf(system);
  const most = Math.max(...kinds.map((nodes) => nodes.length));
  return Array.from({ length: most }, (_, index) =>
    kinds.flatMap((nodes) => nodes.slice(index, index + 1)),
  ).flat();
};

/** A soak under way: what it does beside looking, and what is starting anew meanwhile. */
class Soak {
  readonly #nodes: readonly Node[];
  #restarting: Node | undefined;
  #restart = Promise.resolve();
  #restarts = 0;
  #isSlow = false;

  constructor(
    private readonly scene: Scene,
    private readonly plan: Plan,
  ) {
    this.#nodes = inTurn(scene);
  }

  /** Does what is due when so much has passed, without waiting for a restart. */
  async doDue(passedMs: number): Promise<void> {
    const { slowFromMs, slowToMs, restartEveryMs } = this.plan;
    const isSlow = passedMs >= slowFromMs && passedMs < slowToMs;
    if (isSlow !== this.#isSlow) await this.#setSlow(isSlow);
    if (this.#restarting === undefined && passedMs >= (this.#restarts + 1) * restartEveryMs)
      this.#beginRestart();
  }

  /** Whoever does not start anew is read after a collection; the servers and the carrier as they are. */
  async look(connection: Connection): Promise<Look> {
    const { system } = this.scene;
    const nodes = this.#nodes.filter((node) => node !== this.#restarting);
    for (const { replica } of nodes) replica.collect();
    await wait(collectedWithinMs);
    const of = ({ replica: { name, pid } }: Node): Watched => ({ name, pid, keepsAll: false });
    return lookAt(system, connection, [
      ...nodes.filter((node) => node !== this.#restarting).map(of),
      { name: 'carrier-emulator', pid: system.emulator.pid, keepsAll: true },
      { name: 'Kafka', pid: system.parts.kafka.pid(), keepsAll: true },
      { name: 'database', pid: system.parts.mongo.pid(), keepsAll: true },
    ]);
  }

  /** Leaves the system as it was. */
  async end(): Promise<void> {
    await this.#restart;
    await setCarrier(this.scene, well);
  }

  async #setSlow(isSlow: boolean): Promise<void> {
    this.#isSlow = isSlow;
    this.scene.say(
      isSlow ? `the carrier takes ${slowAnswerMs} ms for each text` : 'the carrier is well again',
    );
    await setCarrier(this.scene, isSlow ? { answerDelayMs: slowAnswerMs } : well);
  }

  #beginRestart(): void {
    const node = this.#nodes[this.#restarts % this.#nodes.length];
    this.#restarts += 1;
    if (node === undefined) return;
    this.#restarting = node;
    this.scene.say(`${node.replica.name} is stopped and starts anew`);
    this.#restart = startAnew(node)
      .catch((error: unknown) => {
        this.scene.broken.push(`${node.replica.name} did not start anew: ${String(error)}`);
      })
      .finally(() => (this.#restarting = undefined));
  }
}

const startAnew = async ({ replica }: Node): Promise<void> => {
  await replica.stop();
  replica.start();
  await replica.ready();
};

const tellEvery = 12;

const lookOn = async (scene: Scene, connection: Connection, plan: Plan): Promise<readonly Look[]> => {
  const soak = new Soak(scene, plan);
  const [from, looks]: [number, Look[]] = [Date.now(), []];
  for (let passed = 0; passed < plan.lengthMs; passed = Date.now() - from) {
    await soak.doDue(passed);
    looks.push(await soak.look(connection));
    if (looks.length % tellEvery === 0) scene.say(progressLine(looks, passed / plan.lengthMs));
    await wait(Math.max(0, looks.length * plan.lookEveryMs - (Date.now() - from)));
  }
  await soak.end();
  return looks;
};

const progressLine = (looks: readonly Look[], share: number): string => {
  const { batches = 0, lags = new Map<string, number>(), processes = [] } = looks.at(-1) ?? {};
  const most = Math.max(...processes.filter(({ keepsAll }) => !keepsAll).map(({ megabytes }) => megabytes));
  return (
    `${Math.round(share * 100)} %: ${batches.toLocaleString('en-US')} batches, at most ${most} MB, ` +
    `lag ${[...lags].map(([group, lag]) => `${group} ${lag}`).join(', ')}`
  );
};

const soak: Recipe = {
  name: 'soak',
  say: 'replicas start anew in turn, the carrier is slow for a sixth of the time: all must be flat',
  short: false,
  alone: true,
  soaks: true,
  run: async (scene) => {
    const plan = planOf(scene.soakMinutes ?? usualMinutes);
    const looks = await withDatabase(scene.system, (connection) => lookOn(scene, connection, plan));
    for (const line of columnsOf(soakRows(looks))) scene.say(line);
    const seconds = plan.lengthMs / 1_000;
    const batches = (looks.at(-1)?.batches ?? 0) - (looks[0]?.batches ?? 0);
    scene.say(`${(batches / seconds).toFixed(1)} batches a second`);
    scene.broken.push(...brokenIn(looks));
    return workedAgain(scene, afterOutageMs);
  },
};

/** What an hour shows and minutes do not. */
export const soakRecipes: readonly Recipe[] = [soak];
