import type { Trainee } from '@stopcovid/contracts';
import { bodyOf } from './body';
import type { OwnCopy } from './own-copy';
import { sentence, voiceFor } from './voice';

/** What tells a trainee, in their language, that they passed a course, and at which address the record of it is. */
export const recordText = (
  trainee: Trainee,
  record: { readonly course: string; readonly address: string },
  own?: OwnCopy,
): string => bodyOf(sentence(voiceFor(trainee, { own }), 'coursePassed', record));
