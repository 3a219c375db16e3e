import { connectMongo, testDatabase } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { relayTo } from './relay.testkit';

/** A database of its own, what was asked of it so far, each as in `find trainees`, and a way to it that can be cut. */
export type CuttableDatabase = {
  readonly connection: Connection;
  readonly asked: string[];
  /** Cuts the connections as soon as this is asked; what was asked before is done. */
  readonly cutAt: (command: string) => void;
  readonly close: () => Promise<void>;
};

/** Connects as the services do. */
export const cuttableDatabase = async (): Promise<CuttableDatabase> => {
  const settings = testDatabase();
  const url = new URL(settings.url);
  const relay = await relayTo(url.hostname, Number(url.port));
  url.host = `127.0.0.1:${relay.port}`;
  url.searchParams.set('directConnection', 'true');
  url.searchParams.set('monitorCommands', 'true');
  const connection = await connectMongo({ ...settings, url: url.href });
  const asked: string[] = [];
  let cutAt: string | undefined;
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    const name = `${commandName} ${String(command[commandName])}`;
    asked.push(name);
    if (name !== cutAt) return;
    cutAt = undefined;
    relay.cut();
  });
  return {
    connection,
    asked,
    cutAt: (command) => void (cutAt = command),
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
      relay.close();
    },
  };
};
