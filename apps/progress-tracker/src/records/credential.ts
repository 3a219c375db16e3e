import type { RecordVoice } from '@stopcovid/sms-copy';
import { titleIn, type CompletionRecord } from './record';

/** Who gives records out: their name, and the public address before `/records`, without a slash at its end. */
export type Issuer = { readonly name: string; readonly url: string };

/** Where a record is shown to whoever has its address. */
export const addressOfRecord = ({ url }: Issuer, { id }: Pick<CompletionRecord, 'id'>): string =>
  `${url}/records/${id}`;

const inSeconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/** The list, of one, of what was withdrawn: where a verifier asks whether a credential still holds. */
export const statusListOf = (issuer: Issuer, record: CompletionRecord, isValid: boolean) => {
  const id = addressOfRecord(issuer, record);
  return {
    id: `${id}/status`,
    issuer: issuer.url,
    revokedCredentials: isValid ? [] : [{ id, revoked: true }],
  };
};

const achievementOf = ({ url }: Issuer, record: CompletionRecord, { language, say }: RecordVoice) => {
  const { course, revision, passMark } = record;
  const name = titleIn(record, language).text;
  return {
    id: `${url}/records/courses/${encodeURIComponent(course)}/${revision}`,
    type: ['Achievement'],
    achievementType: 'Course',
    inLanguage: language,
    name,
    description: say('recordDescription', { course: name }),
    criteria: { narrative: say('recordCriteria', { passMark: String(passMark) }) },
  };
};

/** What a credential says beside the record: whose name it bears, where they let it be shown, and in which words. */
export type Said = { readonly name: string | undefined; readonly voice: RecordVoice };

/**
 * A record as an Open Badges 3.0 credential with the claims of its JWT. Whom it is of is told by the record's address: a
 * hash of a phone number beside its salt would tell the number. */
export const credentialOf = (issuer: Issuer, record: CompletionRecord, { name, voice }: Said) => {
  const id = addressOfRecord(issuer, record);
  const sub = `${id}#holder`;
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    ],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: titleIn(record, voice.language).text,
    issuer: { id: issuer.url, type: ['Profile'], name: issuer.name },
    validFrom: record.passedAt.toISOString(),
    credentialSubject: {
      id: sub,
      type: ['AchievementSubject'],
      ...(name !== undefined && {
        identifier: [{ type: 'IdentityObject', hashed: false, identityHash: name, identityType: 'name' }],
      }),
      achievement: achievementOf(issuer, record, voice),
    },
    credentialStatus: { id: `${id}/status`, type: '1EdTechRevocationList' },
    iss: issuer.url,
    jti: id,
    sub,
    nbf: inSeconds(record.passedAt),
  };
};
