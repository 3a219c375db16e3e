import { passMarkSchema, type DrillContent } from '@stopcovid/contracts';
import { isGraded } from '@stopcovid/dialog-core';
import type { Finding, Path } from './problem';
import { note, valueOf, type Reading } from './reader';
import type { Tree } from './source';

/** What is wrong with a pass mark that is none. */
export const passMarkMessage =
  'must be a whole number from 1 to 100: so many percent right at the first attempt';

/** A pass mark as it stands in a file; what is none is noted. */
export const readPassMark = (reading: Reading, tree: Tree, path: Path): number | undefined => {
  const mark = passMarkSchema.safeParse(valueOf(reading, tree, path));
  if (mark.success) return mark.data;
  note(reading, { code: 'pass-mark', path, message: passMarkMessage });
  return undefined;
};

/** Nobody passes a drill that asks nothing that is right or wrong. */
export const checkPassMark = ({ passMark, prompts }: DrillContent): readonly Finding[] =>
  passMark === undefined || prompts.some(isGraded)
    ? []
    : [
        {
          code: 'pass-mark',
          path: ['passMark'],
          message: 'nothing in this drill is graded, so nobody passes it',
        },
      ];
