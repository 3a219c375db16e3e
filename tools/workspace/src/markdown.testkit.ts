import { filesBelow, read } from './repository.testkit';

/** Every Markdown file of the repository. */
export const documents: readonly string[] = filesBelow('.').filter((file) => file.endsWith('.md'));

const fence = /^(`{3,}|~{3,})[^]*?^\1/gm;
const codeSpan = /`[^`\n]*`/g;

const withoutFences = (text: string): string => text.replaceAll(fence, '');

/** Where the links of a document lead that stay in the repository: paths and anchors, as they are written. */
export const linksIn = (document: string): readonly string[] =>
  [
    ...withoutFences(read(document))
      .replaceAll(codeSpan, '')
      .matchAll(/\]\((?!\w+:)([^)\s]+)(?: "[^"]*")?\)/g),
  ].map(([, target = '']) => target);

/** The name by which a link reaches a heading: lower case, hyphens for spaces, without signs, as GitHub makes it. */
export const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]|(?<!\w)_|_(?!\w)/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');

/** The anchors of a document; a heading that stands twice has a number behind its second name. */
export const anchorsIn = (document: string): ReadonlySet<string> => {
  const seen = new Map<string, number>();
  const headings = [...withoutFences(read(document)).matchAll(/^#{1,6} (.+?)\s*#*$/gm)];
  return new Set(
    headings.map(([, heading = '']) => {
      const anchor = anchorOf(heading);
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    }),
  );
};
