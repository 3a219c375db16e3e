import { createHash } from 'node:crypto';
import { Controller, Get, Module, Post, Req } from '@nestjs/common';
import { parseApiKeys } from './api-key';
import { Asker, guardedBy, NeedsRole, Open } from './api-key.guard';
import { bootstrapApp } from './bootstrap';
import { roles, settingsCallers, type Caller, type Callers } from './caller';
import { createRuntime } from './runtime';
import { RuntimeModule } from './runtime.module';

const key = 'a-key-of-the-spec-itself';
const hashed = 'another-key-of-the-spec';
const keys = `plain=${key}, hashed=sha256:${createHash('sha256').update(hashed).digest('hex')}`;

@Controller('treasure')
class TreasureController {
  @Get()
  @NeedsRole('analyst')
  find(@Asker() { name }: Caller): string {
    return name;
  }

  @Post()
  @NeedsRole('operator')
  move(): string {
    return 'moved';
  }

  @Post('lock')
  @NeedsRole('admin')
  lock(): string {
    return 'locked';
  }

  @Get('share')
  @NeedsRole('analyst', { limited: true })
  share(@Asker() { employers = [] }: Caller): string {
    return employers.join();
  }

  @Get('copy')
  @NeedsRole('operator', { orByLink: true })
  copy(@Req() { caller }: { readonly caller?: Caller }): string {
    return caller?.name ?? 'nobody';
  }

  @Get('map')
  @Open()
  map(): string {
    return 'a map';
  }

  @Get('forgotten')
  forgotten(): string {
    return 'gold';
  }
}

type Asked = {
  readonly path?: string;
  readonly method?: string;
  readonly authorization?: string | undefined;
};

const answersOf = async (
  callers: Callers,
  asked: readonly Asked[],
  log: string[] = [],
): Promise<readonly Response[]> => {
  const destination = { write: (line: string) => void log.push(line) };
  const runtime = createRuntime('treasure', { LOG_LEVEL: 'info', LOG_FORMAT: 'json' }, destination);
  @Module({
    imports: [RuntimeModule.with(runtime)],
    controllers: [TreasureController],
    providers: [...guardedBy(callers)],
  })
  class TreasureModule {}
  const app = await bootstrapApp(TreasureModule, { runtime, port: 0, host: '127.0.0.1' });
  try {
    return await Promise.all(
      asked.map(({ path = '', method = 'GET', authorization }) =>
        fetch(`${app.url}/treasure${path}`, { method, headers: { ...(authorization && { authorization }) } }),
      ),
    );
  } finally {
    await app.close();
  }
};

const statusesOf = async (callers: Callers, asked: readonly Asked[]): Promise<readonly number[]> =>
  (await answersOf(callers, asked)).map(({ status }) => status);

const ofSettings = settingsCallers(parseApiKeys(keys));
/** Whoever says a role has it. */
const asTheySay: Callers = {
  of: (authorization) => Promise.resolve({ name: 'spec', role: authorization as Caller['role'] }),
};

describe('a guarded route', () => {
  it('is open to every key that was named, as it is or by its hash, and knows who asks', async () => {
    const answers = await answersOf(ofSettings, [
      { authorization: `Bearer ${key}` },
      { authorization: `bearer ${hashed}` },
    ]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['plain', 'hashed']);
  });

  it('is closed to everything else', async () => {
    const hash = createHash('sha256').update(hashed).digest('hex');
    const wrong = [
      undefined,
      key,
      `Basic ${key}`,
      `Bearer ${key}x`,
      `Bearer sha256:${hash}`,
      `Bearer ${key} x`,
    ];
    const asked = wrong.map((authorization) => ({ authorization }));
    expect(await statusesOf(ofSettings, asked)).toEqual(wrong.map(() => 401));
  });

  it('takes the role that it declares, or one that may do more', async () => {
    const routes = [{}, { method: 'POST' }, { method: 'POST', path: '/lock' }];
    const byRole = roles.map((role) =>
      statusesOf(
        asTheySay,
        routes.map((route) => ({ ...route, authorization: role })),
      ),
    );
    expect(await Promise.all(byRole)).toEqual([
      [200, 403, 403],
      [200, 201, 403],
      [200, 201, 201],
    ]);
  });

  it('that also goes by a link of its own sees who sends no key, and nobody with a wrong one', async () => {
    const path = '/copy';
    const [linked, wrong, empty] = await answersOf(ofSettings, [
      { path },
      { path, authorization: `Bearer ${key}x` },
      { path, authorization: 'Bearer' },
    ]);
    expect([await linked?.text(), wrong?.status, empty?.status]).toEqual(['nobody', 401, 401]);
    expect(await statusesOf(asTheySay, [{ path, authorization: 'analyst' }])).toEqual([403]);
  });

  it('refuses a key that is limited to employers, unless it says that it keeps to them', async () => {
    const limited: Callers = {
      of: () => Promise.resolve({ name: 'spec', role: 'admin', employers: ['acme'] }),
    };
    const [whole, share] = await answersOf(limited, [{}, { path: '/share' }]);
    expect([whole?.status, await whole?.json()]).toEqual([
      403,
      expect.objectContaining({ message: expect.stringContaining('spec is limited') as string }),
    ]);
    expect([share?.status, await share?.text()]).toEqual([200, 'acme']);
  });

  it('that declares nothing is closed to everybody', async () =>
    expect(
      await statusesOf(ofSettings, [
        { path: '/forgotten', authorization: `Bearer ${key}` },
        { path: '/forgotten' },
      ]),
    ).toEqual([403, 401]));

  it('has on record whose key it was asked with, also when it refuses, and never the key', async () => {
    const log: string[] = [];
    const authorization = `Bearer ${key}`;
    await answersOf(ofSettings, [{ authorization }, { path: '/forgotten', authorization }, {}], log);
    const lines = log.filter((line) => line.includes('"req"')).map((line) => JSON.parse(line) as object);
    const byStatus = (status: number) =>
      lines.filter((line) => JSON.stringify(line).includes(`"status":${status}`));
    expect([byStatus(200), byStatus(403)]).toMatchObject([[{ by: 'plain' }], [{ by: 'plain' }]]);
    expect(byStatus(401)).toEqual([expect.not.objectContaining({ by: expect.anything() as unknown })]);
    expect(log.join('')).not.toContain(key);
  });

  it('that is declared open asks nobody for a key', async () =>
    expect(await statusesOf(ofSettings, [{ path: '/map' }])).toEqual([200]));
});

describe('API keys', () => {
  it.each([
    ['nobody', ' , ', 'names nobody'],
    ['a key without a name', key, 'name=key'],
    ['a short key', 'ann=short', 'the key of ann is under 16'],
  ])('that name %s are refused', (_what, text, reason) => expect(() => parseApiKeys(text)).toThrow(reason));
});
