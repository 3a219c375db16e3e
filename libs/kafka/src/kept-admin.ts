import type { Admin, Kafka } from 'kafkajs';

/** Asks the brokers over one connection that stays open: for what is asked again and again while a service runs. */
export class KeptAdmin {
  #open: Promise<Admin> | undefined;

  constructor(private readonly kafka: Pick<Kafka, 'admin'>) {}

  /** Rejects when the brokers do not answer; the next question then connects anew. */
  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const open = (this.#open ??= this.#connect());
    try {
      return await question(await open);
    } catch (error) {
      await this.#leave(open);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#open !== undefined) await this.#leave(this.#open);
  }

  async #connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }

  async #leave(open: Promise<Admin>): Promise<void> {
    if (this.#open === open) this.#open = undefined;
    const admin = await open.catch(() => undefined);
    await admin?.disconnect().catch(() => undefined);
  }
}
