import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, catalogue, type ProblemKind } from './catalogue';

const path = join(__dirname, '../../../../docs/problems.md');
const isWritten = process.env['UPDATE_DOCS'] === '1';

const introduction = `# Problems

What progress-tracker answers when it does not do what it was asked: \`application/problem+json\` (RFC 9457) with

- \`type\`, by which programs tell problems apart; it keeps its meaning for good,
- \`title\`, the same for all of a type, and \`status\`, that of the answer,
- \`detail\`, what it is this time, for people,
- \`instance\`, by which the log has the request (\`req.id\`),
- \`errors\` of a request that is not as it must be: each with its \`detail\` and where it is, as a \`parameter\` of the address, a \`header\`, or a \`pointer\` into the body (RFC 6901).

A status that is not here has the type \`about:blank\`. What is no HTTP at all is answered by the server in its own words.

Written from \`apps/progress-tracker/src/problems/catalogue.ts\` by \`npm run docs\`; a spec fails when it is stale.`;

const sectionOf = (kind: ProblemKind): string => {
  const { status, title, cause, remedy } = catalogue[kind];
  return [
    `## ${kind}`,
    `${title}. \`${status}\`, \`${addressOf(kind)}\``,
    [`- Cause: ${cause}.`, `- Remedy: ${remedy}.`].join('\n'),
  ].join('\n\n');
};

it('docs/problems.md says what the catalogue says', () => {
  const sections = (Object.keys(catalogue) as readonly ProblemKind[]).map(sectionOf);
  const reference = `${[introduction, ...sections].join('\n\n')}\n`;
  if (isWritten) writeFileSync(path, reference);
  expect(readFileSync(path, 'utf8')).toBe(reference);
});
