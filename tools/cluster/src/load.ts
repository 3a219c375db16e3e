import { setTimeout as pause } from 'node:timers/promises';
import { faultsOf, type AcceptedText, type CrowdProgress } from './load-verdict';
import { carrier, type Scene } from './scene';

const settleMs = 60_000;
const pollMs = 500;
/** Before and after the work: what comes before it is usual, and what comes late belongs to it. */
const aroundMs = 3_000;
const phones = 100;
const longestSeconds = 900;
/** People who never slip, stop or fall silent: every text of theirs is owed an answer. */
const behaviour = { typo: 0, wrongWord: 0, ignore: 0, stop: 0 } as const;

type Emulator = <T>(method: string, path: string, body?: object) => Promise<T>;

const emulatorAt =
  (url: string): Emulator =>
  async <T>(method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/emulator/api/${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`the emulator refuses ${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };

const settled = async (emulator: Emulator): Promise<CrowdProgress> => {
  const end = performance.now() + settleMs;
  for (;;) {
    const progress = await emulator<CrowdProgress>('GET', 'load');
    if (progress.underWay === 0 && progress.waiting === 0) return progress;
    if (performance.now() > end) return progress;
    await pause(pollMs);
  }
};

/** What the product's own command line finds wrong: texts against the carrier, dead letters, held commands, projections. */
const auditFaults = async ({ operator }: Scene, since: Date): Promise<readonly string[]> => {
  const audit = await operator.run('audit-messages', '--since', since.toISOString(), '--settle', '0m');
  const drift = await operator.run('rebuild', '--all', '--compare-only');
  const dead = await operator.run('dead-letters', 'list', '--json');
  const held = await operator.run('held', 'list', '--json');
  return [
    ...(audit.ok ? [] : [`audit-messages: ${audit.said}`]),
    ...(drift.ok ? [] : [`rebuild --compare-only: ${drift.said}`]),
    ...(/^\{/m.test(dead.said) ? [`dead letters: ${dead.said}`] : []),
    ...(/^\{/m.test(held.said) ? [`held commands: ${held.said}`] : []),
  ];
};

const told = (progress: CrowdProgress, sent: number): string => {
  const { texts, textsPerSecond, replyMs } = progress;
  const replies = `replies p50 ${replyMs.p50} ms, p99 ${replyMs.p99} ms, longest ${replyMs.longest} ms`;
  return `${texts} texts in (${textsPerSecond} a second), ${sent} out; ${replies}`;
};

/**
 * Does this work while people text, and waits until all are answered. Answers what was measured; throws what was lost,
 * doubled, late or unlike.
 */
export const underLoad = async (scene: Scene, work: () => Promise<void>): Promise<string> => {
  const door = await scene.cluster.forward(carrier);
  const emulator = emulatorAt(door.url);
  try {
    const since = new Date();
    const before = await emulator<readonly (AcceptedText & { readonly sequence: number })[]>(
      'GET',
      'accepted',
    );
    const plan = {
      phones,
      messagesPerSecond: scene.textsPerSecond,
      durationSeconds: longestSeconds,
      behaviour,
    };
    await emulator('POST', 'load', plan);
    await pause(aroundMs);
    try {
      await work();
      await pause(aroundMs);
    } finally {
      await emulator('DELETE', 'load');
    }
    const progress = await settled(emulator);
    const after = before.at(-1)?.sequence ?? 0;
    const sent = await emulator<readonly AcceptedText[]>('GET', `accepted?after=${after}`);
    const faults = [...faultsOf(progress, sent), ...(await auditFaults(scene, since))];
    if (faults.length > 0) throw new Error(`${told(progress, sent.length)}\n${faults.join('\n')}`);
    return told(progress, sent.length);
  } finally {
    await door.close();
  }
};
