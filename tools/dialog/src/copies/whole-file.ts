import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that has its name only once all of it is on disk: what has another name ends in `.part`. */
export type WholeFile = {
  append(bytes: Buffer): Promise<void>;
  /** Gives the file its name. */
  finish(): Promise<void>;
  /** Leaves it without one. */
  giveUp(): Promise<void>;
};

export const wholeFile = async (path: string): Promise<WholeFile> => {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.part`;
  const file = await open(temporary, 'w');
  return {
    append: (bytes) => file.appendFile(bytes),
    finish: async () => {
      await file.sync();
      await file.close();
      await rename(temporary, path);
    },
    giveUp: () => file.close(),
  };
};
