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
 * WhatsApp writes some countries' mobile numbers differently from E.164. Only what is exact is here: Mexico's `1` after
 * +52 is never part of a number any more. Argentina's `9` after +54 and Brazil's ninth digit are part of the mobile
 * number, and taking them away or adding them would be wrong for landlines: such numbers stay as they come.
 */
const whatsappQuirks: readonly { readonly written: RegExp; readonly meant: string }[] = [
  { written: /^\+521(\d{10})$/, meant: '+52$1' },
];

const canonical = (number: string): string =>
  whatsappQuirks.reduce((each, { written, meant }) => each.replace(written, meant), number);

const whatsapp = /^whatsapp:/i;

/** Whose text it is. Only phone numbers can be in a dialog: short codes, names and other channels are refused. */
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

const reasonFor = (from: string): string => {
  if (/^\+?\d{3,6}$/.test(from)) return 'a short code cannot be a trainee';
  if (/^[a-z]+:/i.test(from)) return 'a channel other than SMS and WhatsApp';
  if (/^\+?\d+$/.test(from)) return 'not a phone number in E.164';
  return 'a name instead of a phone number';
};
