import {
  commandIdSchema,
  type Command,
  type DialogCommand,
  type Phone,
  type SmsLogRecord,
  type Timestamp,
} from '@stopcovid/contracts';
import { addressOf } from '@stopcovid/twilio';

/** A text that came in, whether a webhook told of it or the carrier's list. */
export type ArrivedText = {
  readonly sid: string;
  /** As the carrier writes it, with `whatsapp:` where it came that way. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly at: Timestamp;
  /** How many attachments it has, and where they are; nobody fetches them. */
  readonly media: number;
  readonly mediaUrls: readonly string[];
  readonly segments?: number | undefined;
  /** What the carrier took it for; it has acted on that already. */
  readonly carrierHeard?: Command<'ReceiveSms'>['optOutType'];
};

/** What a text leads to, or why it cannot be a trainee's. */
export type TextRecords =
  | {
      readonly kind: 'text';
      readonly phone: Phone;
      readonly command: DialogCommand;
      readonly record: SmsLogRecord;
    }
  /** Its sender cannot be a trainee: nothing of ours, and no reason to send it again. */
  | { readonly kind: 'ignored'; readonly reason: string };

/**
 * How much came that nobody reads: its attachments, or the one thing that stands where a text has no words. A place on a
 * map or a contact from WhatsApp has neither words nor attachments.
 */
const unreadIn = ({ text, media }: ArrivedText): number => (text.trim() === '' ? Math.max(media, 1) : media);

/** The command and the log record of a text: the same for the same text, however often and wherever it is told of. */
export const recordsOfText = (arrived: ArrivedText): TextRecords => {
  const { sid, text, segments, carrierHeard } = arrived;
  const media = unreadIn(arrived);
  const sender = addressOf(arrived.from);
  if (!sender.ok) return { kind: 'ignored', reason: `From: ${sender.reason}` };
  const { phone, channel, address } = sender;
  const commandId = commandIdSchema.parse(sid);
  const byWhatsapp = channel === 'whatsapp' ? { channel } : {};
  const common = { schemaVersion: 1, phone, at: arrived.at, to: arrived.to, ...byWhatsapp } as const;
  return {
    kind: 'text',
    phone,
    command: {
      type: 'ReceiveSms',
      ...common,
      commandId,
      text,
      ...(media > 0 && { media }),
      ...(address !== undefined && { address }),
      ...(carrierHeard !== undefined && { optOutType: carrierHeard }),
    },
    record: {
      type: 'SmsReceived',
      ...common,
      sid,
      body: text,
      mediaUrls: [...arrived.mediaUrls],
      ...(segments !== undefined && { segments }),
    },
  };
};
