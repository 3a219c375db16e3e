const heading = '## Unreleased';

/** What stands under a heading of the second level, up to the next one; undefined where there is no such heading. */
const under = (changelog: string, isWanted: (line: string) => boolean): string | undefined => {
  const lines = changelog.split('\n');
  const start = lines.findIndex(isWanted);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .join('\n')
    .trim();
};

/** What is to be released: empty where nothing is, undefined where the heading is missing. */
export const unreleased = (changelog: string): string | undefined =>
  under(changelog, (line) => line === heading);

/** What a release brought. */
export const notesOf = (changelog: string, version: string): string | undefined =>
  under(changelog, (line) => line === `## ${version}` || line.startsWith(`## ${version} (`));

/** The changelog with its unreleased entries under a version and a date (`2026-11-29`), and room for the next ones. */
export const dated = (changelog: string, version: string, date: string): string =>
  changelog.replace(`${heading}\n`, () => `${heading}\n\n## ${version} (${date})\n`);
