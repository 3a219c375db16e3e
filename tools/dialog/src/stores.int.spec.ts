import { testDatabase } from '@stopcovid/mongo';
import { run } from './terminal.testkit';

describe('codes on a database', () => {
  const { url } = testDatabase();
  const dialog = (...args: string[]) => run(args, [], { MONGODB_URL: url, DIALOG_ENVIRONMENT: 'spec' });
  beforeAll(async () => {
    await dialog('environment', 'set', 'spec');
  });

  it('are added once, listed and ended', async () => {
    await expect(dialog('codes', 'list')).resolves.toMatchObject({
      exit: 0,
      out: [expect.stringContaining('no codes yet')],
    });
    await expect(
      dialog('codes', 'add', 'kitchen', '--employer-name', 'Acme', '--label', 'north', '--label', 'north'),
    ).resolves.toMatchObject({ exit: 0 });
    await expect(dialog('codes', 'add', 'KITCHEN')).resolves.toMatchObject({
      exit: 1,
      out: [expect.stringContaining('already')],
    });
    const listed = await dialog('codes', 'list', '--json');
    expect(JSON.parse(listed.out.join('\n'))).toMatchObject([
      { code: 'KITCHEN', demo: false, account: { employerName: 'Acme', labels: ['north'] } },
    ]);
    await expect(dialog('codes', 'disable', 'KITCHEN')).resolves.toMatchObject({ exit: 0 });
    await expect(dialog('codes', 'list')).resolves.toMatchObject({
      out: [expect.stringMatching(/KITCHEN.*Acme.*disabled/)],
    });
    await expect(dialog('codes', 'disable', 'NOBODYS')).resolves.toMatchObject({ exit: 1 });
  });

  it('refuse what nobody could text', async () => {
    const { exit, err } = await dialog('codes', 'add', 'two words');
    expect(exit).toBe(2);
    expect(err.join('\n')).toContain('3 to 32 letters');
    const keyword = await dialog('codes', 'add', 'Menu');
    expect(keyword).toMatchObject({ exit: 2 });
    expect(keyword.err.join('\n')).toContain('is a keyword');
  });

  it('and a phone that was never heard of is said to be so; one that is no phone, too', async () => {
    await expect(dialog('show', '+12025550143')).resolves.toMatchObject({
      exit: 1,
      err: [expect.stringContaining('environment spec'), 'nothing was ever heard of +12025550143'],
    });
    const wrong = await dialog('show', '2025550143');
    expect(wrong.exit).toBe(2);
    expect(wrong.err.join('\n')).toContain('E.164');
  });

  it('and a database that does not answer is said to be so', async () => {
    const { exit, err } = await run(['show', '+12025550143'], [], {
      MONGODB_URL: 'mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=200',
    });
    expect(exit).toBe(3);
    expect(err.join('\n')).toContain('MongoDB does not answer');
  });
});
