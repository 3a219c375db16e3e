import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** Beside `src` and `dist` alike, so that the page is found from either. */
const publicFolder = join(__dirname, '..', 'public');

/** The page runs its own files only; pictures may come from wherever a drill keeps them. */
const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
    "img-src 'self' data: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

export const ASSETS_DIR = Symbol('ASSETS_DIR');

/** Serves the page at / and pictures at /assets. */
@Injectable()
export class PageFiles implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(ASSETS_DIR) private readonly assetsDir: string | undefined,
  ) {}

  async onModuleInit(): Promise<void> {
    const server: FastifyInstance = this.host.httpAdapter.getInstance();
    await server.register(fastifyStatic, {
      root: publicFolder,
      wildcard: false,
      setHeaders: (reply) => {
        for (const [name, value] of Object.entries(pageHeaders)) void reply.header(name, value);
      },
    });
    if (this.assetsDir !== undefined)
      await server.register(fastifyStatic, {
        root: this.assetsDir,
        prefix: '/assets/',
        decorateReply: false,
        setHeaders: (reply) => void reply.header('X-Content-Type-Options', 'nosniff'),
      });
  }
}
