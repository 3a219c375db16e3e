import { languageSchema, localDateSchema, type Phone } from '@stopcovid/contracts';
import { z } from 'zod';
import { audienceNameSchema, audienceSchema, type Audience } from '../audiences/audience';

const text = z.string().min(1).max(1_600);

/**
 * What is to be said to whom, and when: at once where nothing else is said, else at a local time. Where that is past
 * already, `past` says whether they have it on the next day or are left out. `keepHours` after its local time it does
 * not go out any more. `busy` is whoever is in a drill.
 */
export const broadcastRequestSchema = z
  .strictObject({
    audience: audienceSchema.exactOptional(),
    audienceName: audienceNameSchema.exactOptional(),
    texts: z
      .record(languageSchema, text)
      .refine((texts) => Object.keys(texts).length > 0, 'must hold at least one language'),
    at: z
      .strictObject({
        date: localDateSchema,
        time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30'),
        past: z.enum(['nextDay', 'skip']),
      })
      .exactOptional(),
    keepHours: z.int().min(1).max(168).default(24),
    busy: z.enum(['include', 'skip']).default('include'),
  })
  .refine(({ audience, audienceName }) => (audience === undefined) !== (audienceName === undefined), {
    path: ['audience'],
    message: 'give either an audience or the audienceName of a saved one',
  });
export type BroadcastRequest = Readonly<z.infer<typeof broadcastRequestSchema>>;

/** A broadcast whose audience is known: what a preview shows, and what is confirmed. */
export type Letter = Omit<BroadcastRequest, 'audience' | 'audienceName'> & { readonly audience: Audience };

/** Who is written to, and when by their own clock: minutes since midnight, and until when it may still go out. */
export type Recipient = {
  readonly phone: Phone;
  readonly date: string;
  readonly minute: number;
  readonly until: number;
};

/** Why somebody of the audience is not written to. */
export const leftOutReasons = [
  'unreadable',
  'unregistered',
  'optedOut',
  'notActive',
  'paused',
  'noSchedule',
  'noZone',
  'busy',
  'noText',
  'past',
  'outsideWindow',
] as const;
export type LeftOut = (typeof leftOutReasons)[number];
