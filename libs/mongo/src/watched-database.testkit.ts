import type { Connection } from 'mongoose';
import { connectMongo } from './connection';
import { testDatabase } from './database.testkit';

/** A connection to a database of its own, and what was asked over it so far, each as in `find trainees`. */
export type WatchedDatabase = { readonly connection: Connection; readonly asked: string[] };

/** Connects as the services do: nothing is asked that they would not ask. */
export const watchedDatabase = async (settings = testDatabase()): Promise<WatchedDatabase> => {
  const url = new URL(settings.url);
  url.searchParams.set('monitorCommands', 'true');
  const connection = await connectMongo({ ...settings, url: url.href });
  const asked: string[] = [];
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    asked.push(`${commandName} ${String(command[commandName])}`);
  });
  return { connection, asked };
};
