import { z } from 'zod';
import { channelSchema, languageSchema, localDateSchema, timestampSchema, weekdaySchema } from './ids';
import { profileFieldSchema } from './drill';

export const answerValueSchema = z.union([z.string().max(1_600), z.number(), z.boolean()]);
export type AnswerValue = z.infer<typeof answerValueSchema>;

const mostDates = 16;

/** What the registration says of a trainee: who employs them and where. All of it comes from the code's owner. */
export const accountSchema = z.object({
  employerId: z.string().max(128).optional(),
  employerName: z.string().max(256).optional(),
  unitId: z.string().max(128).optional(),
  unitName: z.string().max(256).optional(),
  /** The employer's own id of the person. Phones with the same one belong to one person; the last registered is active. */
  personId: z.string().max(128).optional(),
  labels: z.array(z.string().min(1).max(64)).max(32).optional(),
  /** The Twilio Messaging Service that sends to this trainee, instead of the default one. */
  messagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/, 'must be MG and 32 hexadecimal digits')
    .optional(),
  /** Dates of the person by name, such as `hired`: what a drip counts its days from. */
  dates: z
    .record(profileFieldSchema, localDateSchema)
    .refine((dates) => Object.keys(dates).length <= mostDates, `holds at most ${mostDates} dates`)
    .optional(),
});
export type Account = Readonly<z.infer<typeof accountSchema>>;

const told = (longest: number) =>
  z.string().max(longest).regex(/\S/, 'must not be blank').nullable().optional();

/** What `UpdateTrainee` may change of an account. Unknown and blank fields are refused. `null` forgets a field. */
export const accountChangesSchema = z.strictObject({
  employerId: told(128),
  employerName: told(256),
  unitId: told(128),
  unitName: told(256),
  personId: told(128),
  labels: accountSchema.shape.labels.nullable(),
  messagingServiceSid: accountSchema.shape.messagingServiceSid.nullable(),
  dates: accountSchema.shape.dates.nullable(),
} satisfies Record<keyof Account, z.ZodType>);
export type AccountChanges = Readonly<z.infer<typeof accountChangesSchema>>;

/** Who said which zone somebody is in: they themselves, or a list of the employer's. */
const timeZoneSourceSchema = z.enum(['trainee', 'import']);

/** Days on which somebody wants to be written to: at least one of the week, each once. */
const deliveryDaysSchema = z
  .array(weekdaySchema)
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'must name each day once');

/** The local time at which somebody wants to be written to: `HH:MM`, or `any`. */
const preferredTimeSchema = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|any)$/, 'must be a time such as 07:30, or any');

/** What we know of a person. `answers` holds what drills stored, by field, and can never reach our own fields. */
const profileSchema = z.object({
  name: z.string().max(256).optional(),
  language: languageSchema,
  timeZone: z.string().max(64).optional(),
  timeZoneSource: timeZoneSourceSchema.optional(),
  deliveryDays: deliveryDaysSchema.optional(),
  preferredTime: preferredTimeSchema.optional(),
  answers: z.record(profileFieldSchema, answerValueSchema),
});
export type Profile = Readonly<z.infer<typeof profileSchema>>;

/** How a phone came to be registered. `demo` people may register again with another code at any time. */
const registrationSchema = z.object({ code: z.string(), demo: z.boolean(), at: timestampSchema });
export type Registration = Readonly<z.infer<typeof registrationSchema>>;

/** Why nothing proactive comes: they asked for that, somebody did for them, or they left reminders unanswered. */
export const pauseReasonSchema = z.enum(['text', 'operator', 'unanswered']);

/** Since when and why nothing proactive comes; `until` is the first local date on which it comes again by itself. */
const schedulePausedSchema = z.object({
  since: timestampSchema,
  reason: pauseReasonSchema,
  until: localDateSchema.optional(),
});
export type SchedulePause = Readonly<z.infer<typeof schedulePausedSchema>>;

/** How somebody came to agree to be texted, on whose word: where that was given, and when. */
export const consentSchema = z.object({
  source: z.string().min(1).max(256),
  at: z.union([timestampSchema, localDateSchema]),
});
export type Consent = Readonly<z.infer<typeof consentSchema>>;

/** The person at a phone number, as of one batch: after its events. `channel` and `address` are those of the last text. */
export const traineeSchema = z.object({
  registration: registrationSchema.nullable(),
  optedOut: z.boolean(),
  profile: profileSchema,
  account: accountSchema,
  channel: channelSchema.optional(),
  address: z.string().max(64).optional(),
  schedulePaused: schedulePausedSchema.optional(),
});
export type Trainee = Readonly<z.infer<typeof traineeSchema>>;

/** What `UpdateTrainee` and an enrolment may change. Unknown fields are refused. `null` forgets a field. */
export const profileChangesSchema = z.strictObject({
  name: z.string().min(1).max(256).nullable().optional(),
  language: languageSchema.optional(),
  timeZone: z.string().min(1).max(64).nullable().optional(),
  timeZoneSource: timeZoneSourceSchema.nullable().optional(),
  deliveryDays: deliveryDaysSchema.nullable().optional(),
  preferredTime: preferredTimeSchema.nullable().optional(),
  answers: z.record(profileFieldSchema, answerValueSchema.nullable()).optional(),
});
export type ProfileChanges = Readonly<z.infer<typeof profileChangesSchema>>;
