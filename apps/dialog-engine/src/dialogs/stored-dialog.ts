import {
  commandIdSchema,
  drillHashSchema,
  drillSlugSchema,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
  timestampSchema,
  traineeSchema,
  type CommandId,
} from '@stopcovid/contracts';
import { readStored } from '@stopcovid/mongo';
import { z } from 'zod';
import type { StoredDialog } from './dialog-store';

const runSchema = z.object({
  runId: runIdSchema,
  drill: drillSlugSchema,
  revision: drillHashSchema,
  right: z.int().min(0),
  graded: z.int().min(0),
  repeats: z
    .array(z.object({ drill: drillSlugSchema, revision: drillHashSchema, prompt: promptSlugSchema }))
    .exactOptional(),
  repeatsOnly: z.literal(true).exactOptional(),
  last: z.literal(true).exactOptional(),
});

const conversationSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('Idle') }),
  z.object({
    status: z.literal('AwaitingReply'),
    run: runSchema,
    prompt: promptSlugSchema,
    failures: z.int().min(0),
    reminded: z.boolean(),
    unclear: z.int().min(1).exactOptional(),
    rung: z.int().min(1).exactOptional(),
  }),
  z.object({ status: z.literal('BetweenPrompts'), run: runSchema }),
]);

/** Sixty-four ids are looked at with each reading, so in one go. */
const isIdList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((id: unknown) => typeof id === 'string' && id.length > 0 && id.length <= 128);

const dialogSchema = z.object({
  phone: phoneSchema,
  /** 0 where nothing has been decided yet and the first command waits. */
  version: z.int().min(0),
  state: z.object({
    stateVersion: z.literal(1),
    trainee: traineeSchema,
    conversation: conversationSchema,
    optOutQuestioned: z.literal(true).exactOptional(),
    optOutAnswered: z.literal(true).exactOptional(),
    stopped: z.object({ run: runSchema, prompt: promptSlugSchema, at: timestampSchema }).exactOptional(),
  }),
  outbox: z.array(
    z.object({
      commandId: commandIdSchema,
      batch: z.string(),
      partition: z.int().min(0),
      offset: z.string().regex(/^\d+$/),
    }),
  ),
  recentCommandIds: z.custom<readonly CommandId[]>(isIdList),
  hold: z.string().nullable().exactOptional(),
});

/** Reads what a document holds. The reason names fields alone: their values are personal. */
export const readStoredDialog = (document: unknown): StoredDialog => {
  const stored = readStored(dialogSchema, document);
  return stored.kind === 'readable' ? { kind: 'readable', dialog: stored.value } : stored;
};
