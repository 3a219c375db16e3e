import { occurrenceId } from '@stopcovid/calendar';
import { commandIdSchema, type CommandId, type Phone } from '@stopcovid/contracts';

/** Whether a command is one of a drip. */
export const isOfDrip = (commandId: CommandId): boolean => commandId.startsWith('drip-');

/**
 * The command of a step, the same on whatever date it comes. `tries` is how often the engine held it back before: the
 * name of the step shows through, so that it is known by any of its commands that was carried out.
 */
export const stepCommandId = (phone: Phone, step: string, tries: number): CommandId => {
  const id = occurrenceId({ kind: 'drip', phone, nominal: step, round: 0 });
  return tries === 0 ? id : commandIdSchema.parse(`${id}-${tries}`);
};

/** Whether a command is one of this step. */
export const isOfStep = (commandId: CommandId, first: CommandId): boolean =>
  commandId === first || commandId.startsWith(`${first}-`);
