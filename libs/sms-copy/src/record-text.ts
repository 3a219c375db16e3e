import type { Trainee } from '@stopcovid/contracts';
import { bodyOf } from './body';
import { copyOf, languageRead } from './copy';
import { layersFor, type OwnCopy } from './own-copy';
import type { PageSentenceKey } from './sentences';
import { renderTemplate } from './template';
import { sentence, voiceFor } from './voice';

/** What tells a trainee, in their language, that they passed a course, and at which address the record of it is. */
export const recordText = (
  trainee: Trainee,
  record: { readonly course: string; readonly address: string },
  own?: OwnCopy,
): string => bodyOf(sentence(voiceFor(trainee, { own }), 'coursePassed', record));

/** Who reads the page of a record. */
export type RecordReader = { readonly language: string; readonly employerId?: string | undefined };

/** How a record speaks: the language that it is in, and its sentences. */
export type RecordVoice = {
  readonly language: string;
  /** One of them, filled in; what a value says is not escaped. */
  readonly say: (key: PageSentenceKey, values?: Readonly<Record<string, string>>) => string;
};

/** What a record says in a language, as an organisation or an employer has it. */
export const recordVoice = ({ language, employerId }: RecordReader, own: OwnCopy = {}): RecordVoice => {
  const layers = layersFor(own, employerId);
  const copy = copyOf(language, layers);
  return {
    language: languageRead(language, layers),
    say: (key, values = {}) => renderTemplate(copy[key], values),
  };
};
