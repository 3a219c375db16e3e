import { createHmac, hkdfSync } from 'node:crypto';
import type { DialogEvent, EventBatch } from '@stopcovid/contracts';
import type { Secret } from '@stopcovid/runtime';
import type { Ready } from '../exports/export';
import { given } from '../given';
import type { HookEvent, HookKind } from './webhook';

/** Names something for good, by what it alone is. */
export type NameEvent = (...names: readonly (string | number)[]) => string;

/**
 * Ids by a secret: receivers see them, and a plain hash of a phone number tells the number to whoever tries them all. The
 * same secret gives the same ids.
 */
export const nameEvents = (secret: Secret): NameEvent => {
  const key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'ids of webhook events', 32));
  return (...names) =>
    `msg_${createHmac('sha256', key).update(JSON.stringify(names)).digest('hex').slice(0, 32)}`;
};

type Told = { readonly kind: HookKind; readonly data: HookEvent['data'] };

const toldOf = (event: DialogEvent): Told | undefined => {
  switch (event.type) {
    case 'DrillCompleted':
      return { kind: 'drill.completed', data: { runId: event.runId, ...given({ drill: event.drill }) } };
    case 'TraineeRegistered':
      return { kind: 'trainee.registered', data: {} };
    case 'TraineeOptedOut':
      return { kind: 'trainee.opted_out', data: {} };
    case 'SupportRequested':
      return { kind: 'support.requested', data: given({ prompt: event.prompt?.slug }) };
    case 'DemoRequested':
      return { kind: 'demo.requested', data: {} };
    default:
      return undefined;
  }
};

/** What webhooks may be told of an export whose file is there: of its employer, where it is of one alone. */
export const readyEvent = (
  { id, list, file: { format }, employers = [], standing: { rows, bytes, endedAt } }: Ready,
  nameEvent: NameEvent,
): HookEvent => ({
  id: nameEvent('export.ready', id, endedAt.getTime()),
  kind: 'export.ready',
  at: endedAt,
  ...given({ employerId: employers.length === 1 ? employers[0] : undefined }),
  data: { exportId: id, list, format, rows, bytes },
});

/** What webhooks may be told of a batch, in the order of its events. */
export const hookEventsIn = (
  { phone, version, at, trainee, events }: EventBatch,
  nameEvent: NameEvent,
): readonly HookEvent[] =>
  events.flatMap((event, index): readonly HookEvent[] => {
    const told = toldOf(event);
    if (told === undefined) return [];
    const { employerId, unitId, personId } = trainee.account;
    return [
      {
        id: nameEvent(phone, version, index),
        kind: told.kind,
        at: new Date(at),
        ...given({ employerId }),
        phone,
        data: { ...given({ unitId, personId }), ...told.data },
      },
    ];
  });
