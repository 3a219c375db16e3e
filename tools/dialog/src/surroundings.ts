import type { ExitCode } from './exit';
import type { Terminal } from './terminal';

/** Where a subcommand leaves the code that the process ends with. */
export type Ending = { code: ExitCode };

/** What every subcommand is given. */
export type Surroundings = {
  readonly terminal: Terminal;
  readonly ending: Ending;
  readonly environment: NodeJS.ProcessEnv;
  /** What the names of topics begin with that say whose Kafka it is; specs share one, and have their own. */
  readonly markPrefix?: string;
};
