import { createHash } from 'node:crypto';
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { parseApiKeys } from './api-key';
import { API_KEYS, ApiKeyGuard } from './api-key.guard';
import { bootstrapApp } from './bootstrap';
import { createRuntime } from './runtime';
import { RuntimeModule } from './runtime.module';

const key = 'a-key-of-the-spec-itself';
const hashed = 'another-key-of-the-spec';
const keys = `plain=${key}, hashed=sha256:${createHash('sha256').update(hashed).digest('hex')}`;

@UseGuards(ApiKeyGuard)
@Controller('treasure')
class TreasureController {
  @Get()
  find(): string {
    return 'gold';
  }
}

const statusesFor = async (authorizations: readonly (string | undefined)[]): Promise<readonly number[]> => {
  const runtime = createRuntime('treasure', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
  @Module({
    imports: [RuntimeModule.with(runtime)],
    controllers: [TreasureController],
    providers: [{ provide: API_KEYS, useValue: parseApiKeys(keys) }],
  })
  class TreasureModule {}
  const app = await bootstrapApp(TreasureModule, { runtime, port: 0, host: '127.0.0.1' });
  try {
    const answers = authorizations.map((authorization) =>
      fetch(`${app.url}/treasure`, { headers: { ...(authorization && { authorization }) } }),
    );
    return (await Promise.all(answers)).map(({ status }) => status);
  } finally {
    await app.close();
  }
};

describe('a guarded route', () => {
  it('is open to every key that was named, as it is or by its hash', async () =>
    expect(await statusesFor([`Bearer ${key}`, `bearer ${hashed}`])).toEqual([200, 200]));

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
    expect(await statusesFor(wrong)).toEqual(wrong.map(() => 401));
  });
});

describe('API keys', () => {
  it.each([
    ['nobody', ' , ', 'names nobody'],
    ['a key without a name', key, 'name=key'],
    ['a short key', 'ann=short', 'the key of ann is under 16'],
  ])('that name %s are refused', (_what, text, reason) => expect(() => parseApiKeys(text)).toThrow(reason));
});
