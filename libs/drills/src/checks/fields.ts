import type { DrillContent } from '@stopcovid/contracts';
import { copyLanguages } from '@stopcovid/sms-copy';
import type { Finding } from '../problem';

/** Fields of the trainee that only the system itself may set, and names that every object has. */
const ownFields: ReadonlySet<string> = new Set(
  [
    'account',
    'answers',
    'code',
    'consent',
    'conversation',
    'deliveryDays',
    'demo',
    'employerId',
    'employerName',
    'id',
    'labels',
    'messagingServiceSid',
    'optedIn',
    'optedOut',
    'personId',
    'phone',
    'phoneNumber',
    'preferredTime',
    'profile',
    'registered',
    'registration',
    'state',
    'stateVersion',
    'timeZoneSource',
    'trainee',
    'unitId',
    'unitName',
    'version',
    'constructor',
    'hasOwnProperty',
    'isPrototypeOf',
    'propertyIsEnumerable',
    'prototype',
    'toLocaleString',
    'toString',
    'valueOf',
  ].map((name) => name.toLowerCase()),
);

/** Whether drills store only where they may: the trainee's name and language, or a field of the drills' own. */
export const checkFields = (content: DrillContent): readonly Finding[] =>
  content.prompts.flatMap(({ store }, index): Finding[] => {
    if (!store) return [];
    const path = ['prompts', index, 'store', 'field'];
    if (ownFields.has(store.field.toLowerCase()))
      return [{ code: 'profile-field', path, message: `'${store.field}' is not for drills to fill` }];
    const own = store.field === 'name' || store.field === 'language';
    return own && store.type !== 'text'
      ? [{ code: 'profile-field', path, message: `'${store.field}' takes a text, not ${store.type}` }]
      : [];
  });

/** Which of a drill's languages our own sentences do not have. */
export const checkLanguages = (content: DrillContent): readonly Finding[] =>
  content.languages.flatMap((language, index): Finding[] => {
    const path = ['languages', index];
    if (content.languages.indexOf(language) !== index)
      return [{ code: 'bad-value', path, message: `'${language}' is listed twice` }];
    return copyLanguages.includes(language)
      ? []
      : [
          {
            code: 'language-without-copy',
            path,
            language,
            message: `our own sentences are not in '${language}' yet: trainees see those in English`,
          },
        ];
  });
