import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '@stopcovid/runtime';

/** Where the console's build puts the page, wherever the package is. */
const builtPage = (): string =>
  join(dirname(require.resolve('@stopcovid/console/package.json')), 'dist', 'dashboard');

/* The page runs its own files, asks its own server, and is shown in no other page. */
const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const forGood = 'public, max-age=31536000, immutable';

/**
 * Serves the dashboard at `/dashboard/`. It is open, as it holds no data: it asks the API with a key. Where the pages
 * were not built the rest is served all the same, and the log says so.
 */
export const serveDashboard = async (
  app: NestFastifyApplication,
  logger: Pick<Logger, 'warn'>,
  folder: string = builtPage(),
): Promise<void> => {
  if (!existsSync(join(folder, 'index.html'))) {
    logger.warn({ folder }, 'there is no dashboard: `npm run build` makes it');
    return;
  }
  /* The name of a file in `assets` has a hash of what is in it; the page itself names them. */
  const hashed = join(folder, 'assets');
  await app
    .getHttpAdapter()
    .getInstance()
    .register(fastifyStatic, {
      root: folder,
      prefix: '/dashboard/',
      redirect: true,
      wildcard: false,
      globIgnore: ['**/*.{br,gz}'],
      preCompressed: true,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply, path) =>
        void reply.headers({
          ...pageHeaders,
          'cache-control': path.startsWith(hashed) ? forGood : 'no-cache',
        }),
    });
};
