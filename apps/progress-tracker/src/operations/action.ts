import {
  dialogCommandSchema,
  timestampSchema,
  type AccountChanges,
  type CommandId,
  type DialogCommand,
  type Phone,
  type ProfileChanges,
} from '@stopcovid/contracts';
import { deliveryIn } from '../clock/to-command';
import { given } from '../given';
import type { Stand } from './standing-of';

/** What a person can ask for on one trainee. */
export type Action =
  /** `replace` ends the run in progress; without it a trainee who is busy is left alone. */
  | { readonly kind: 'start'; readonly drill: string; readonly replace?: boolean | undefined }
  | { readonly kind: 'message'; readonly text?: string | undefined; readonly mediaUrl?: string | undefined }
  | {
      readonly kind: 'update';
      readonly profile?: ProfileChanges | undefined;
      readonly account?: AccountChanges | undefined;
      readonly abandonDrill?: boolean | undefined;
    }
  /** Puts the open question again. */
  | { readonly kind: 'remind' }
  /** Stops what is proactive; it comes again by itself on the local date `until`. */
  | { readonly kind: 'pause'; readonly until?: string | undefined }
  | { readonly kind: 'resume' }
  | { readonly kind: 'optOut'; readonly detail: string }
  /** Forgets the person behind the phone, but for an opt-out. */
  | { readonly kind: 'erase' };

/** Under which id, for whom, when and by whom. */
export type Envelope = {
  readonly commandId: CommandId;
  readonly phone: Phone;
  readonly at: Date;
  readonly by: string;
};

/** A command as it is to be published, or what is wrong with it, by field. */
export type Written =
  | { readonly ok: true; readonly command: DialogCommand }
  | { readonly ok: false; readonly problems: readonly string[] };

type Moment = Pick<Stand, 'open' | 'hours'> & Pick<Envelope, 'at' | 'by'>;

/* In the window that is open, and in none where it is not: there is no way around their hours. */
const deliveryNow = ({ hours, at }: Moment) => {
  const now = at.getTime();
  const window = hours?.kind === 'open' ? hours.window : { from: now, to: now };
  return deliveryIn([window], window.to);
};

const bodyOf = (action: Action, moment: Moment): object => {
  const { by, open } = moment;
  switch (action.kind) {
    case 'start':
      /* What has begun since we looked is not ended by a start that was to end nothing. */
      return {
        type: 'StartDrill',
        drill: action.drill,
        reason: 'operator',
        delivery: deliveryNow(moment),
        ...(action.replace === true ? {} : { expects: { runId: null } }),
      };
    case 'message':
      return {
        type: 'SendMessage',
        delivery: deliveryNow(moment),
        ...given({ text: action.text, mediaUrl: action.mediaUrl }),
      };
    case 'update': {
      const { profile, account, abandonDrill } = action;
      return { type: 'UpdateTrainee', ...given({ profile, account, abandonDrill }) };
    }
    case 'remind':
      return { type: 'RemindTrainee', delivery: deliveryNow(moment), ...open };
    case 'pause':
      return { type: 'PauseSchedule', reason: 'operator', by, ...given({ until: action.until }) };
    case 'resume':
      return { type: 'ResumeSchedule', by };
    case 'optOut':
      return { type: 'OptOutTrainee', source: 'operator', detail: action.detail };
    case 'erase':
      return { type: 'EraseTrainee', by };
  }
};

/** Writes the command of an action. The contract says what is wrong with it. */
export const writeCommand = (
  action: Action,
  { commandId, phone, at, by }: Envelope,
  stand: Pick<Stand, 'open' | 'hours'>,
): Written => {
  const parsed = dialogCommandSchema.safeParse({
    schemaVersion: 1,
    commandId,
    phone,
    at: timestampSchema.parse(at.toISOString()),
    ...bodyOf(action, { ...stand, by, at }),
  });
  if (parsed.success) return { ok: true, command: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) =>
      [path.join('.'), message].filter(Boolean).join(': '),
    ),
  };
};
