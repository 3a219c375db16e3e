import { z } from 'zod';
import type { HookEvent } from './webhook';

const count = z.int().nonnegative();
const person = {
  unitId: z.string().optional().describe('The unit of the trainee'),
  personId: z.string().optional().describe('What the employer calls the trainee by'),
  phone: z.string().optional().describe('Only where the webhook was made with withPhones'),
};

const shaped = <Shape extends z.ZodRawShape>(data: Shape) =>
  z.strictObject({ employerId: z.string().optional(), ...data });

type Kind = HookEvent['kind'];

/** What an event of each kind says in its `data`. A field that has no value is absent. */
export const hookDataSchemas = {
  'drill.completed': shaped({ runId: z.string(), drill: z.string().optional(), ...person }),
  'trainee.registered': shaped(person),
  'trainee.opted_out': shaped(person),
  'support.requested': shaped({
    prompt: z.string().optional().describe('The question that was open'),
    ...person,
  }),
  'demo.requested': shaped(person),
  'stats.daily': shaped({
    day: z.iso.date().describe('The local day of trainees on which runs began'),
    ...{ assigned: count, sent: count, started: count, completed: count },
    ...{ due: count, onTime: count, optedOut: count },
  }),
  'export.ready': shaped({
    exportId: z.string(),
    list: z.string(),
    format: z.string(),
    rows: count,
    bytes: count,
  }),
  'webhook.ping': shaped({}),
} as const satisfies Readonly<Record<Kind, z.ZodObject>>;

/** When an event of each kind is sent. */
export const hookMeanings: Readonly<Record<Kind, string>> = {
  'drill.completed': 'A run came to its end',
  'trainee.registered': 'A phone was registered',
  'trainee.opted_out': 'A trainee withdrew consent',
  'support.requested': 'Somebody texted SUPPORT',
  'demo.requested': 'Somebody asked for a demonstration',
  'stats.daily': 'The figures of a local day that has ended everywhere, for each employer',
  'export.ready': 'The file of an export is there',
  'webhook.ping': 'Sent when somebody tries a webhook out',
};

/** One of each kind, as it might be. */
export const hookExamples: { readonly [K in Kind]: z.input<(typeof hookDataSchemas)[K]> } = {
  'drill.completed': { employerId: 'acme', unitId: 'kitchen', runId: 'run-one', drill: 'hand-washing' },
  'trainee.registered': { employerId: 'acme', unitId: 'kitchen', personId: 'e-1024' },
  'trainee.opted_out': { employerId: 'acme', unitId: 'kitchen' },
  'support.requested': { employerId: 'acme', prompt: 'how-long' },
  'demo.requested': {},
  'stats.daily': {
    ...{ employerId: 'acme', day: '2026-06-09', assigned: 40, sent: 40, started: 38, completed: 31 },
    ...{ due: 40, onTime: 30, optedOut: 1 },
  },
  'export.ready': {
    ...{ employerId: 'acme', exportId: 'ex_5e8d7c6b5a49382716059483', list: 'runs', format: 'csv' },
    ...{ rows: 1_200, bytes: 340_112 },
  },
  'webhook.ping': {},
};
