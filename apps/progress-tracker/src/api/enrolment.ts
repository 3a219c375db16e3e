import {
  commandIdSchema,
  languageSchema,
  phoneSchema,
  timestampSchema,
  type DialogCommand,
} from '@stopcovid/contracts';
import type { EnrolmentBody } from './trainee-requests';

/** The command that an enrolment asks for. */
export const enrolmentCommand = (
  body: EnrolmentBody,
  facts: { readonly commandId: string; readonly now: Date },
): DialogCommand => ({
  type: 'EnrolTrainee',
  schemaVersion: 1,
  commandId: commandIdSchema.parse(facts.commandId),
  phone: phoneSchema.parse(body.phone),
  at: timestampSchema.parse(facts.now.toISOString()),
  code: body.code,
  source: body.source ?? 'api',
  ...(body.labels === undefined ? {} : { labels: [...new Set(body.labels)] }),
  ...profileOf(body),
});

const profileOf = ({
  name,
  language,
}: EnrolmentBody): Pick<Extract<DialogCommand, { type: 'EnrolTrainee' }>, 'profile'> => {
  if (name === undefined && language === undefined) return {};
  return {
    profile: {
      ...(name === undefined ? {} : { name }),
      ...(language === undefined ? {} : { language: languageSchema.parse(language) }),
    },
  };
};
