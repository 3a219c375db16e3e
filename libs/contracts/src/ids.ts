import { z } from 'zod';

/** A phone number in E.164 (`+` and 7 to 15 digits, no leading zero): the key of every topic and document. */
export const phoneSchema = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number in E.164, for example +12025550143')
  .brand<'Phone'>();
export type Phone = z.infer<typeof phoneSchema>;

/** A phone as a person typed or pasted it, without what nobody sees: marks of direction, joiners, blanks around it. */
export const phoneAsTyped = (typed: string): string => typed.replace(/\p{Cf}/gu, '').trim();

/** Names a command for ever: Twilio's MessageSid for a text, a derived or random id otherwise. */
export const commandIdSchema = z.string().min(1).max(128).brand<'CommandId'>();
export type CommandId = z.infer<typeof commandIdSchema>;

/** By which service a person texts with us. Where it is left out, it is SMS. */
export const channelSchema = z.enum(['sms', 'whatsapp']);
export type Channel = z.infer<typeof channelSchema>;

/** One run of a drill by one trainee. */
export const runIdSchema = z.string().min(1).max(64).brand<'DrillRunId'>();
export type DrillRunId = z.infer<typeof runIdSchema>;

const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A drill's stable name: lower-case words joined by hyphens. */
export const drillSlugSchema = z
  .string()
  .max(64)
  .regex(slugPattern, 'must be lower-case words joined by hyphens')
  .brand<'DrillSlug'>();
export type DrillSlug = z.infer<typeof drillSlugSchema>;

/** A prompt's name, unique within its drill. */
export const promptSlugSchema = z
  .string()
  .max(64)
  .regex(slugPattern, 'must be lower-case words joined by hyphens')
  .brand<'PromptSlug'>();
export type PromptSlug = z.infer<typeof promptSlugSchema>;

/** The content hash of an immutable drill revision: 64 hexadecimal digits (SHA-256). */
export const drillHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
  .brand<'DrillHash'>();
export type DrillHash = z.infer<typeof drillHashSchema>;

/** What marks an option: one letter or number in any script, such as `a`, `ñ`, `ក` or `12`. */
export const optionIdSchema = z
  .string()
  .regex(/^(?:\p{L}\p{M}*|\p{N}{1,2})$/u, 'must be one letter or a number of one or two digits')
  .brand<'OptionId'>();
export type OptionId = z.infer<typeof optionIdSchema>;

/** ISO 639-1, two lower-case letters. */
export const languageSchema = z
  .string()
  .regex(/^[a-z]{2}$/, 'must be two lower-case letters (ISO 639-1)')
  .brand<'Language'>();
export type Language = z.infer<typeof languageSchema>;

/**
 * ISO 8601 in UTC with milliseconds or without, for example 2026-03-01T17:05:00.000Z. Years from 2000 to 2199: what
 * lies outside is a broken clock or a broken writer, and would spoil schedules and orders by time for ever.
 */
export const timestampSchema = z.iso
  .datetime()
  .refine((text) => text >= '2000' && text < '2200', 'must lie between the years 2000 and 2199')
  .brand<'Timestamp'>();
export type Timestamp = z.infer<typeof timestampSchema>;

/** A date on somebody's calendar, `YYYY-MM-DD`, which exists. */
export const localDateSchema = z.iso.date();

/** A day of the week. */
export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
