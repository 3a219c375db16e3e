import { renderTemplate } from '@stopcovid/sms-copy';
import type { Language, Prompt } from '@stopcovid/contracts';

/** Of usual length, so that counts are neither too good nor too bad. */
export const sampleVariables = {
  name: 'Alejandra',
  company: 'Corner Cafe',
  position: '3',
  of: '6',
  deliveryDays: 'Monday - Friday',
  preferredTime: '7:30 PM',
  timeZone: 'Eastern Time',
};

/** A text as a trainee might read it: options put in, and a name and a company of usual length. */
export const renderedText = (text: string, prompt: Prompt, language: Language): string => {
  const options = (prompt.options ?? [])
    .map((option) => `${option.id}) ${option.text[language] ?? ''}`)
    .join('\n');
  return renderTemplate(text, { ...sampleVariables, options });
};
