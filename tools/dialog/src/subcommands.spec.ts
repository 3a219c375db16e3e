import { Command } from 'commander';
import { subcommands } from './subcommands';
import { run } from './terminal.testkit';

it.each(subcommands)('$name is the subcommand that its file adds', async ({ name, load }) => {
  const program = new Command();
  const terminal = { input: process.stdin, out: () => undefined, err: () => undefined };
  (await load())(program, { terminal, ending: { code: 0 }, environment: {} });
  expect(program.commands.map((command) => command.name())).toEqual([name]);
});

it('help lists each of them once, with what it does, whichever is asked for', async () => {
  const { out } = await run(['help']);
  for (const { name, description } of subcommands) {
    expect(
      out
        .join('\n')
        .split('\n')
        .filter((line) => line.startsWith(`  ${name} `)),
    ).toHaveLength(1);
    expect(out.join(' ').replace(/\s+/g, ' ')).toContain(description);
  }
});
