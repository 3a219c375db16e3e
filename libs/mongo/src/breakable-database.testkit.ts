import { testDatabase } from './database.testkit';
import { relayTo } from './relay.testkit';
import { watchedDatabase, type WatchedDatabase } from './watched-database.testkit';

/** A watched database on a way that can break. */
export type BreakableDatabase = WatchedDatabase & {
  /** Cuts the connections as soon as this is asked, as in `find trainees`; what was asked before is done. */
  readonly cutAt: (asked: string) => void;
  /** The server carries out the next command of this name; its answer is lost, and so is its connection. */
  readonly loseAnswerTo: (command: string) => void;
  /** Drops the database, and closes connection and way. */
  readonly close: () => Promise<void>;
};

/** A command is the first field of its message, a string under its own name. */
const asOnTheWire = (command: string): string => `\u0002${command}\0`;

/** Connects as the services do, by that way. */
export const breakableDatabase = async (): Promise<BreakableDatabase> => {
  const settings = testDatabase();
  const url = new URL(settings.url);
  const relay = await relayTo(url.hostname, Number(url.port || 27_017));
  url.host = `127.0.0.1:${relay.port}`;
  /* Members of a set would be asked by their own names, past this way. */
  url.searchParams.set('directConnection', 'true');
  const { connection, asked } = await watchedDatabase({ ...settings, url: url.href });
  let cutAt: string | undefined;
  connection.getClient().on('commandStarted', () => {
    if (cutAt === undefined || asked.at(-1) !== cutAt) return;
    cutAt = undefined;
    relay.cut();
  });
  return {
    connection,
    asked,
    cutAt: (command) => void (cutAt = command),
    loseAnswerTo: (command) => relay.loseAnswerTo(asOnTheWire(command)),
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
      relay.close();
    },
  };
};
