import { phoneSchema, type Channel, type Phone } from '@stopcovid/contracts';

export type Address =
  | {
      readonly ok: true;
      readonly phone: Phone;
      readonly channel: Channel;
      /** The number as the carrier writes it, where that is another than `phone`: the one to answer to. */
      readonly address?: string;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * WhatsApp goes on writing a number as it was when its account was made, which may not be E.164 any more. Only what is
 * exact is here; any other number stays as it comes.
 */
const whatsappQuirks: readonly { readonly written: RegExp; readonly meant: string }[] = [
  /* Mexico: the 1 after +52 is never part of a number now. */
  { written: /^\+521(?<number>\d{10})$/, meant: '+52$<number>' },
  /*
   * Brazil: mobile numbers had eight digits and got a 9 before them. Eight that begin with 6, 8 or 9 are nothing else;
   * 2 to 5 begin a landline's, 7 also trunked radio that kept eight. No area code holds a 0, service numbers do (800 …).
   */
  { written: /^\+55(?<area>[1-9]{2})(?<number>[689]\d{7})$/, meant: '+55$<area>9$<number>' },
];

const canonical = (number: string): string =>
  whatsappQuirks.reduce((each, { written, meant }) => each.replace(written, meant), number);

/** What comes before the number where a text goes or came by WhatsApp. */
export const whatsappPrefix = 'whatsapp:';

const whatsapp = /^whatsapp:/i;

/** Whose text it is. Only phone numbers can be in a dialog: short codes, names and other channels cannot. */
export const addressOf = (from: string): Address => {
  const isWhatsapp = whatsapp.test(from);
  const written = from.replace(whatsapp, '');
  const phone = phoneSchema.safeParse(isWhatsapp ? canonical(written) : written);
  if (!phone.success) return { ok: false, reason: reasonFor(from) };
  return {
    ok: true,
    phone: phone.data,
    channel: isWhatsapp ? 'whatsapp' : 'sms',
    ...(written !== phone.data && { address: written }),
  };
};

/** Can this sender be in a dialog at all? The others' texts are no loss, wherever they are met. */
export const canBeTrainee = (from: string): boolean => addressOf(from).ok;

const reasonFor = (from: string): string => {
  if (/^\+?\d{3,6}$/.test(from)) return 'a short code cannot be a trainee';
  if (/^[a-z]+:/i.test(from)) return 'a channel other than SMS and WhatsApp';
  if (/^\+?\d+$/.test(from)) return 'not a phone number in E.164';
  return 'a name instead of a phone number';
};
