import type { OwnCopy } from '@stopcovid/sms-copy';
import { compileKeywords, defaultKeywords } from '@stopcovid/dialog-core';
import type { Beside } from './catalogue';
import { checkCopy } from './checks/copy';
import { readCopy, type CopyReading } from './copy-file';
import { readDrips, type DripsReading } from './drips-file';
import { fromSource, located, type Read } from './located';
import type { Problem } from './problem';
import { readSchedule, type ScheduleReading } from './schedule-file';
import { parseSource, type SourceFile, type Tree } from './source';

const names = {
  schedule: /^schedule\.(?:ya?ml|json)$/i,
  drips: /^drips\.(?:ya?ml|json)$/i,
  copy: /^copy\.(?:ya?ml|json)$/i,
} as const;

/** Whether a file of this name is none of the drills, but says how they come and what is said beside them. */
export const isSettingsFile = (path: string): boolean => Object.values(names).some((name) => name.test(path));

const named = (files: readonly SourceFile[], of: keyof typeof names): SourceFile | undefined =>
  files.find(({ path }) => names[of].test(path));

const keywords = compileKeywords(defaultKeywords);

type Settings = ScheduleReading | DripsReading | CopyReading;

/** A file of settings beside the course, if there is one. */
const lintSettings = <Reading extends Settings>(
  source: SourceFile | undefined,
  read: (tree: Tree) => Reading,
): Read<Reading & { readonly file: string }> => {
  if (source === undefined) return { problems: [] };
  const { path } = source;
  const { tree, problems } = parseSource(source.text);
  if (!tree) return { problems: problems.map((problem) => fromSource(path, problem)) };
  const reading = read(tree);
  return {
    value: { ...reading, file: path },
    problems: [
      ...problems.map((problem) => fromSource(path, problem)),
      ...reading.findings.map((finding) => located(path, reading, finding)),
    ],
  };
};

const copyIn = (source: SourceFile | undefined): Read<CopyReading> =>
  lintSettings(source, (tree) => {
    const reading = readCopy(tree);
    const findings = reading.settings ? checkCopy(reading.settings, keywords) : [];
    return { ...reading, findings: [...reading.findings, ...findings] };
  });

/** Judges `copy.yaml` alone, if it is among the files. */
export const lintCopy = (
  files: readonly SourceFile[],
): { readonly problems: readonly Problem[]; readonly copy?: OwnCopy } => {
  const { value, problems } = copyIn(named(files, 'copy'));
  return { problems, ...(value?.settings && { copy: value.settings }) };
};

/** The files of settings beside the course, each read as far as it goes. */
export type SettingsFiles = {
  readonly schedule: Read<ScheduleReading>;
  readonly drips: Read<DripsReading & { readonly file: string }>;
  readonly copy: Read<CopyReading>;
};

/** Judges the files of settings that there are. */
export const lintSettingsFiles = (files: readonly SourceFile[]): SettingsFiles => ({
  schedule: lintSettings(named(files, 'schedule'), readSchedule),
  drips: lintSettings(named(files, 'drips'), readDrips),
  copy: copyIn(named(files, 'copy')),
});

/** What the files of settings bring into the catalogue. */
export const besideOf = ({ schedule, drips, copy }: SettingsFiles): Beside => ({
  ...(schedule.value?.settings && { schedule: schedule.value.settings }),
  ...(drips.value?.settings && { drips: drips.value.settings }),
  ...(copy.value?.settings && { copy: copy.value.settings }),
});
