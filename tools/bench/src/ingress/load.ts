import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from './connection';

/** Requests in their order; undefined at the end. */
export type Requests = () => Buffer | undefined;

const opened = (port: number, count: number): Promise<readonly Connection[]> =>
  Promise.all(Array.from({ length: count }, () => Connection.open(port)));

const expectStatus = (status: number, expected: number): void => {
  if (status !== expected) throw new Error(`answered ${status} instead of ${expected}`);
};

export type Closed = {
  readonly port: number;
  readonly connections: number;
  readonly next: Requests;
  readonly expected: number;
};

/** Sends as fast as answers come, over so many connections. Answers the seconds that it took. */
export const sendAll = async ({ port, connections, next, expected }: Closed): Promise<number> => {
  const open = await opened(port, connections);
  const since = performance.now();
  const work = async (connection: Connection): Promise<void> => {
    for (let request = next(); request !== undefined; request = next())
      expectStatus(await connection.send(request), expected);
  };
  try {
    await Promise.all(open.map(work));
    return (performance.now() - since) / 1_000;
  } finally {
    for (const connection of open) connection.close();
  }
};

export type Paced = {
  readonly port: number;
  readonly perSecond: number;
  readonly requests: readonly Buffer[];
};

/**
 * Sends at a steady rate whatever comes back, each request on a connection that is free. Answers the milliseconds of
 * each, from the moment when it was due: a server that stalls is not spared the requests behind.
 */
export const sendPaced = async ({ port, perSecond, requests }: Paced): Promise<readonly number[]> => {
  const free: Connection[] = [...(await opened(port, 16))];
  const times: number[] = [];
  const since = performance.now();
  const send = async (request: Buffer, due: number): Promise<void> => {
    const connection = free.pop() ?? (await Connection.open(port));
    expectStatus(await connection.send(request), 200);
    times.push(performance.now() - due);
    free.push(connection);
  };
  const underWay: Promise<void>[] = [];
  for (const [index, request] of requests.entries()) {
    const due = since + (index / perSecond) * 1_000;
    while (performance.now() < due) await pause(due - performance.now() > 1.5 ? 1 : 0);
    underWay.push(send(request, due));
  }
  await Promise.all(underWay);
  for (const connection of free) connection.close();
  return times;
};
