import { plainSigns } from '@stopcovid/sms-copy';

const trialPrefix = /^Sent from your Twilio trial account - /;

/** A text's words as both sides write them: the carrier may have replaced typographic signs by plain ones. */
export const comparableText = (body: string): string => plainSigns(body.replace(trialPrefix, '')).trim();
