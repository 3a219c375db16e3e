import { IsInt, Matches, Max, Min } from 'class-validator';
import { configTable, describeConfig } from './describe-config';
import { ConfigError, loadConfig } from './load-config';
import { Secret } from './secret';
import { ServiceConfig } from './service-config';
import { Setting } from './settings';

class PostOffice {
  @Setting({ description: 'How many letters a day.', example: '20' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly LETTERS: number = 10;

  @Setting({ description: 'Where letters go.', example: 'a:1,b:2', type: 'list' })
  @Matches(/^\w+:\d+$/, { each: true, message: 'must be name:number' })
  readonly BOXES!: readonly string[];

  @Setting({ description: 'Whether it is open.', example: 'true' })
  readonly OPEN: boolean = false;

  @Setting({ description: 'Who asks for letters.', example: 'https://post.example.org', optional: true })
  readonly SENDER?: URL;

  @Setting({ description: 'The key of the door.', example: 'a-long-key' })
  readonly KEY!: Secret;
}

const env = { BOXES: 'a:1, b:2', KEY: 'open sesame' };

const refusal = (bad: Record<string, string | undefined>): ConfigError => {
  try {
    loadConfig(PostOffice, { ...env, ...bad });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('a configuration', () => {
  it('reads numbers, lists, yes and no, URLs and secrets, and keeps defaults', () => {
    const config = loadConfig(PostOffice, {
      ...env,
      OPEN: 'yes',
      SENDER: 'https://a.example/',
      NOBODYS: '1',
    });
    expect(config).toMatchObject({ LETTERS: 10, BOXES: ['a:1', 'b:2'], OPEN: true });
    expect(config.SENDER?.hostname).toBe('a.example');
    expect(config.KEY.reveal()).toBe('open sesame');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig(PostOffice, { ...env, LETTERS: ' ' }).LETTERS).toBe(10);
  });

  it('names every bad variable in one error, what is wrong and an example', () => {
    const { problems } = refusal({ LETTERS: 'many', BOXES: 'a', OPEN: 'perhaps', KEY: undefined });
    expect(problems).toEqual([
      'LETTERS is "many" and must be a number. Example: LETTERS=20',
      'OPEN is "perhaps" and must be true or false. Example: OPEN=true',
      'KEY is not set: The key of the door. Example: KEY=a-long-key',
      'BOXES is "a" and must be name:number. Example: BOXES=a:1,b:2',
    ]);
  });

  it('checks the range of what is a number', () => {
    expect(refusal({ LETTERS: '0' }).message).toContain('LETTERS is "0" and must not be less than 1');
  });

  it('is the same for a class with a parent, each with its own settings', () => {
    class Branch extends ServiceConfig {
      @Setting({ description: 'Which street.', example: 'Main Street' })
      readonly STREET: string = 'none';
    }
    expect(loadConfig(Branch, { PORT: '0' })).toMatchObject({ PORT: 0, STREET: 'none', LOG_LEVEL: 'info' });
    expect(describeConfig(Branch).map(({ name }) => name)).toContain('STREET');
    expect(describeConfig(ServiceConfig).map(({ name }) => name)).not.toContain('STREET');
    expect(() => loadConfig(Branch, { PORT: '99999', LOG_LEVEL: 'loud' })).toThrow(
      /PORT is "99999"[^]*LOG_LEVEL is "loud"/,
    );
  });

  it('describes itself as a table', () => {
    const [head, line, letters] = configTable(PostOffice).split('\n');
    expect(head).toMatch(/^\| Variable +\| Type +\| Default +\| What it says +\| Example +\|$/);
    expect(line).toMatch(/^(\| -+ )+\|$/);
    expect(letters).toMatch(/^\| `LETTERS` \| number +\| `10` +\| How many letters a day\. +\| `20` +\|$/);
  });
});

describe('a secret', () => {
  it.each([
    ['joined to a text', (secret: Secret) => `${String(secret)}`],
    ['written as JSON', (secret: Secret) => JSON.stringify({ secret })],
  ])('prints as *** when %s', (_, print) => {
    const printed = print(new Secret('open sesame'));
    expect(printed).toContain('***');
    expect(printed).not.toContain('sesame');
  });
});
