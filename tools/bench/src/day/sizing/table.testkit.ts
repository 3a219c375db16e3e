/** Rows of cells, of which the first are the heads, as Markdown. */
export const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const [heads = [], ...others] = rows;
  return [heads, heads.map(() => '---'), ...others].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
