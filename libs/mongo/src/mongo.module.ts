import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { connectMongo, type MongoSettings } from './connection';

/** The token of the connection that `MongoModule` provides. */
export const MONGO = Symbol('MONGO');

/** Provides one connection, and closes it after every transport strategy has drained. */
@Module({})
export class MongoModule implements OnApplicationShutdown {
  constructor(@Inject(MONGO) private readonly connection: Connection) {}

  /** The module for these settings; start waits until the server answers. */
  static with(settings: MongoSettings): DynamicModule {
    return {
      module: MongoModule,
      providers: [{ provide: MONGO, useFactory: () => connectMongo(settings) }],
      exports: [MONGO],
    };
  }

  /** Nest disposes of HTTP and the strategies first: whoever still writes then has been waited for. */
  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
