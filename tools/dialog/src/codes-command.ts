import { mongoRegistrationCodes, type RegistrationCodes } from '@stopcovid/dialog-engine';
import type { Command } from 'commander';
import { addOne, disableOne, listAll, type NewCodeOptions } from './codes';
import type { ExitCode } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';

const collect = (value: string, sofar: readonly string[] | undefined): readonly string[] => [
  ...(sofar ?? []),
  value,
];

/** `dialog codes`: registration codes of our own. */
export const addCodes = (program: Command, surroundings: Surroundings): void => {
  const { terminal, ending } = surroundings;
  const codes = program.command('codes').description('registration codes of our own');
  const use = async (
    errand: { readonly flags: ServerFlags; readonly changes: boolean },
    act: (codes: RegistrationCodes) => Promise<ExitCode>,
  ): Promise<void> => {
    ending.code = await onMongo(errand, surroundings, (mongo) => act(mongoRegistrationCodes(mongo)));
  };
  withMongoOptions(codes.command('add').description('add a code; people who text it are registered'))
    .argument('<code>', 'one word of 3 to 32 letters, digits or hyphens')
    .option('--demo', 'for demonstrations: may register again with another code')
    .option('--employer-id <id>')
    .option('--employer-name <name>')
    .option('--unit-id <id>')
    .option('--unit-name <name>')
    .option('--label <label>', 'may be given several times', collect)
    .option('--messaging-service-sid <sid>', 'sends to these people instead of the default service')
    .action((code: string, { mongodb, environment, ...options }: NewCodeOptions & ServerFlags) =>
      use({ flags: flagsOf(mongodb, environment), changes: true }, (store) =>
        addOne(store, { code, options }, terminal),
      ),
    );
  withMongoOptions(codes.command('list').description('list all codes'))
    .option('--json')
    .action((flags: ServerFlags & { json?: boolean }) =>
      use({ flags, changes: false }, (store) => listAll(store, flags.json ?? false, terminal)),
    );
  withMongoOptions(codes.command('disable').description('end a code; who registered by it stays registered'))
    .argument('<code>')
    .action((code: string, flags: ServerFlags) =>
      use({ flags, changes: true }, (store) => disableOne(store, code, terminal)),
    );
};

const flagsOf = (mongodb: string | undefined, environment: string | undefined): ServerFlags => ({
  ...(mongodb === undefined ? {} : { mongodb }),
  ...(environment === undefined ? {} : { environment }),
});
