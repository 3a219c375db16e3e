import { Command } from 'commander';
import { addAct } from './act';
import { addAudience } from './audience';
import { addAuditMessages } from './audit-messages-command';
import { addBroadcast } from './broadcast';
import { addCodes } from './codes';
import { addCommand } from './command';
import { addConsent } from './consent';
import { addDeadLetters } from './dead-letters-command';
import { addEnvironment } from './environment-command';
import { exitCodes } from './exit';
import { addGrade } from './grade';
import { addHeld } from './held';
import { addImport } from './import';
import { addLint } from './lint';
import { addOptOut } from './opt-out';
import { addRebuild } from './rebuild';
import { addRepair } from './repair';
import { addReplay } from './replay';
import { addSchedule } from './schedule';
import { addShow } from './show';
import { addShowRecord } from './show-record-command';
import { addSimulate } from './simulate';
import type { Surroundings } from './surroundings';
import { addTexts } from './texts';
import { addTopics } from './topics-command';
import { addTrainees } from './trainees';
import { addWhatIf } from './what-if-command';

const endings = `
Exit codes: ${exitCodes.ok} all is well, ${exitCodes.problems} problems were found, ${exitCodes.usage} the command was not understood, ${exitCodes.unavailable} a server does not answer`;

/** A subcommand that was not understood names its own help. */
const pointToHelp = (command: Command, path: string): void => {
  command.showHelpAfterError(`(${path} --help tells more)`);
  for (const each of command.commands) pointToHelp(each, `${path} ${each.name()}`);
};

/** The whole command line; each subcommand leaves its exit code in `ending`. */
export const buildProgram = (surroundings: Surroundings): Command => {
  const program = new Command('dialog')
    .description('The StopCOVID dialog engine on the command line.')
    .addHelpText('after', endings)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.terminal.out(text.trimEnd()),
      writeErr: (text) => surroundings.terminal.err(text.trimEnd()),
    });
  for (const add of [
    addSimulate,
    addReplay,
    addGrade,
    addWhatIf,
    addLint,
    addCodes,
    addShow,
    addShowRecord,
    addDeadLetters,
    addTopics,
    addEnvironment,
    addConsent,
    addAuditMessages,
    addOptOut,
    addTrainees,
    addAct,
    addCommand,
    addImport,
    addAudience,
    addBroadcast,
    addSchedule,
    addTexts,
    addHeld,
    addRebuild,
    addRepair,
  ])
    add(program, surroundings);
  pointToHelp(program, program.name());
  return program;
};
