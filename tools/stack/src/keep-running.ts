import type { RunningService } from './service-process';
import type { Stack } from './start-stack';

/** Who runs the stack: what is said there, and what must be known there. */
export type Keeper = {
  readonly say: (line: string) => void;
  /** Whether services end because they are asked to. */
  readonly isStopping: () => boolean;
  readonly restarted: () => void;
  /** A service would not stay: the stack is of no use any more. */
  readonly gaveUp: () => void;
};

const restartsAtMost = 3;
const quickMs = 30_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Starts a service again that ends by itself, and says so; one that ends three times within half a minute is given up. */
export const keepRunning = (stack: Pick<Stack, 'services' | 'restart'>, keeper: Keeper): void => {
  const ends = new Map<string, readonly number[]>();
  const hasStayed = (app: string): boolean => {
    const lately = [...(ends.get(app) ?? []), Date.now()].filter((at) => at > Date.now() - quickMs);
    ends.set(app, lately);
    return lately.length < restartsAtMost;
  };
  const again = async ({ app, logFile }: RunningService, code: number | null): Promise<void> => {
    if (keeper.isStopping()) return;
    const how = code === null ? 'was killed' : `ended with code ${code}`;
    if (!hasStayed(app)) {
      keeper.say(`${app} ${how} again and again; its log is ${logFile}`);
      return keeper.gaveUp();
    }
    keeper.say(`${app} ${how}; starting it again (its log is ${logFile})`);
    try {
      const service = await stack.restart(app);
      keeper.restarted();
      keeper.say(`${app} is ready again`);
      watch(service);
    } catch (error) {
      if (keeper.isStopping()) return;
      keeper.say(messageOf(error));
      keeper.gaveUp();
    }
  };
  const watch = (service: RunningService): void => void service.ended.then((code) => again(service, code));
  for (const service of stack.services.values()) watch(service);
};
