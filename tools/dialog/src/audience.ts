import { mongoAudiences, saveAudience, type Audiences } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { personAt } from './act';
import { contentOf } from './content-file';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

/** Saves an audience. Throws UsageError with what is wrong with it, by field. */
export const setAudience = async (
  said: { readonly name: string; readonly content: unknown; readonly by: string },
  audiences: Audiences,
  terminal: Terminal,
): Promise<ExitCode> => {
  const answer = await saveAudience(said, { by: said.by, at: new Date() }, audiences);
  if (answer.kind === 'invalid') throw new UsageError(answer.problems.join('\n'));
  terminal.out(JSON.stringify(answer.saved));
  return exitCodes.ok;
};

/** Lists audiences, one JSON object a line. */
export const listAudiences = async (audiences: Audiences, terminal: Terminal): Promise<ExitCode> => {
  for (const saved of await audiences.all()) terminal.out(JSON.stringify(saved));
  return exitCodes.ok;
};

/** Forgets an audience. `problems` when there is none. */
export const removeAudience = async (
  name: string,
  audiences: Audiences,
  terminal: Terminal,
): Promise<ExitCode> => {
  if (await audiences.remove(name)) return exitCodes.ok;
  terminal.err('No audience is saved under this name.');
  return exitCodes.problems;
};

const help = `
The file is YAML or JSON; all that it says must be so of who is meant:

  employerId, unitId, label, language, standing (notBegun, inDrill, betweenDrills, finished),
  registeredSince, heardSince, notHeardSince (dates, from midnight UTC); or everybody: true`;

/** `dialog audience`: whom broadcasts go to, saved under names. */
export const addAudience = (program: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const audience = program.command('audience').addHelpText('after', help);
  const on = async (
    errand: { readonly flags: ServerFlags; readonly changes: boolean },
    act: (audiences: Audiences) => Promise<ExitCode>,
  ): Promise<void> => {
    surroundings.ending.code = await onMongo(errand, surroundings, (mongo) => act(mongoAudiences(mongo)));
  };
  const set = audience.command('set').description('save one').argument('<name>').argument('<file>');
  withMongoOptions(set).action(async (name: string, file: string, flags: ServerFlags) => {
    const said = { name, content: await contentOf(file), by: personAt(surroundings) };
    await on({ flags, changes: true }, (audiences) => setAudience(said, audiences, terminal));
  });
  withMongoOptions(audience.command('list').description('all of them, one JSON object a line')).action(
    (flags: ServerFlags) => on({ flags, changes: false }, (audiences) => listAudiences(audiences, terminal)),
  );
  withMongoOptions(audience.command('remove').description('forget one').argument('<name>')).action(
    (name: string, flags: ServerFlags) =>
      on({ flags, changes: true }, (audiences) => removeAudience(name, audiences, terminal)),
  );
};
