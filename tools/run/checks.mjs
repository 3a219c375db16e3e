import { runNode } from './programs.mjs';
import { say, secondsSince } from './say.mjs';

const bin = (path) => `node_modules/${path}`;

const commands = [
  { name: 'types and build', args: ['tools/run/build.mjs'] },
  { name: 'format', args: [bin('oxfmt/bin/oxfmt'), '--check', '.'] },
  /* The boundary rule is blind without Nx's project graph, which this leaves behind. */
  { name: 'project graph', args: [bin('nx/dist/bin/nx.js'), 'show', 'projects'] },
  {
    name: 'lint and module boundaries',
    args: [bin('eslint/bin/eslint.js'), '--max-warnings=0', 'apps', 'libs', 'tools'],
  },
  {
    name: 'rules that need types',
    args: [bin('oxlint/bin/oxlint'), '--type-aware', 'apps', 'libs', 'tools'],
  },
  {
    name: 'dependency rules',
    args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'apps', 'libs', 'tools'],
  },
  { name: 'unused code and dependencies', args: [bin('knip/bin/knip.js'), '--no-config-hints'] },
];

/** The static checks, in order; `run` answers whether it passed, printing what the tool says only when it did not. */
export const checks = commands.map(({ name, args }) => ({
  name,
  run: async ({ yields = false } = {}) => {
    const start = Date.now();
    const code = await runNode(args, {
      env: { NX_DAEMON: 'false', FORCE_COLOR: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
      yields,
    });
    say(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${secondsSince(start)})`);
    return code === 0;
  },
}));
