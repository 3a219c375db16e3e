import type { CommandId, Phone } from '@stopcovid/contracts';
import { chronicleOf, firstOf, type Chronicle } from './chronicle';
import type { History, Slowness, Violation } from './history';

/** How long one text waited for the first text of its answer, in milliseconds. */
type Wait = { readonly phone: Phone; readonly commandId: CommandId; readonly ms: number };

/** How long those waited who needed nothing of what was slow. */
export type WaitsBeside = { readonly slow: Slowness; readonly waits: readonly Wait[] };

/** The first text that each command's batch asks for and that the carrier accepted, with its time. */
export const answersIn = (
  { carrier, textsOf }: History,
  chronicle: Chronicle,
): ReadonlyMap<CommandId, { readonly phone: Phone; readonly at: number }> => {
  const acceptedAt = new Map(carrier.map(({ messageId, at }) => [messageId, at]));
  const answers = [...chronicle].flatMap(([phone, told]) =>
    firstOf(told).flatMap(({ batch }) => {
      const times = textsOf(batch).flatMap(({ messageId }) => acceptedAt.get(messageId) ?? []);
      return times.length === 0 ? [] : [[batch.commandId, { phone, at: Math.min(...times) }] as const];
    }),
  );
  return new Map(answers);
};

/**
 * The waits beside everything that was slow. A text without an answer is none of ours: I1 and I7 speak of it, or an
 * opt-out took the answer back.
 */
export const waitsBeside = (
  history: History,
  chronicle: Chronicle = chronicleOf(history.events),
): readonly WaitsBeside[] => {
  if (history.slowness.length === 0) return [];
  const answers = answersIn(history, chronicle);
  return history.slowness.map((slow) => ({
    slow,
    waits: slow.beside.flatMap(({ commandId, at }) => {
      const answer = answers.get(commandId);
      return answer === undefined ? [] : [{ phone: answer.phone, commandId, ms: answer.at - at }];
    }),
  }));
};

/** I11: what is slow delays only what needs it. Where nobody else was answered nothing was measured: that is one, too. */
export const slowDelaysOnlyItsOwn = (history: History, chronicle: Chronicle): readonly Violation[] =>
  waitsBeside(history, chronicle).flatMap(({ slow: { what, boundMs }, waits }) => {
    if (waits.length === 0)
      return [{ invariant: 'I11', detail: `${what}: nobody else was answered, so nothing was measured` }];
    return waits
      .filter(({ ms }) => ms > boundMs)
      .map(({ phone, commandId, ms }): Violation => ({
        invariant: 'I11',
        phone,
        detail: `${commandId} was answered after ${ms} ms of at most ${boundMs}, beside ${what}`,
      }));
  });
