import type { HealthCheck } from '@stopcovid/runtime';
import type { Connection } from 'mongoose';

/** A readiness check: the server answers a ping. The reason names no address. */
export const mongoHealth =
  (connection: Connection): HealthCheck =>
  async () => {
    try {
      await connection.db?.command({ ping: 1 }, { timeoutMS: 1_500 });
      return connection.readyState === 1 ? { up: true } : { up: false, detail: 'MongoDB is not connected' };
    } catch {
      return { up: false, detail: 'MongoDB does not answer' };
    }
  };
