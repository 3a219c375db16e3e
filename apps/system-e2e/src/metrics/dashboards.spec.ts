import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.testkit';
import { ownMetrics } from './catalogue.testkit';
import { catalogue, metricsRead, problemsOf, type Catalogue } from './expression.testkit';

type Source = { readonly type: string; readonly uid: string };
type Panel = {
  readonly title: string;
  readonly datasource: Source;
  readonly targets: readonly { readonly expr: string; readonly datasource: Source }[];
};
type Dashboard = {
  readonly uid: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly Panel[];
};

const folder = join(root, 'helm', 'stopcovid-dialog-engine', 'files', 'dashboards');
const dashboards = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return { file, text, board: JSON.parse(text) as Dashboard };
});
const panels = dashboards.flatMap(({ file, board }) =>
  board.panels.map((panel) => [`${file}: ${panel.title}`, panel] as const),
);

describe('the dashboards', () => {
  let known: Catalogue;
  beforeAll(async () => {
    known = await catalogue();
  });

  it('are three, each with an id of its own that stays', () =>
    expect(dashboards.map(({ board }) => board.uid).sort()).toEqual([
      'stopcovid-conversation',
      'stopcovid-processes',
      'stopcovid-stores',
    ]));

  it.each(panels)('ask for what the code makes: %s', (_name, { targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.flatMap(({ expr }) => problemsOf(expr, known))).toEqual([]);
  });

  it.each(dashboards)('read whichever data source is chosen: $file', ({ text, board }) => {
    expect(board.templating.list).toContainEqual(
      expect.objectContaining({ name: 'datasource', type: 'datasource' }),
    );
    const sources = board.panels.flatMap(({ datasource, targets }) => [
      datasource,
      ...targets.map((target) => target.datasource),
    ]);
    for (const source of sources) expect(source).toEqual({ type: 'prometheus', uid: '${datasource}' });
    expect(text).not.toContain('__inputs');
  });

  it('show most of what our code tells', () => {
    const read = new Set(
      panels.flatMap(([, { targets }]) => targets.flatMap(({ expr }) => metricsRead(expr, known))),
    );
    expect(ownMetrics.filter(({ name }) => read.has(name)).length).toBeGreaterThan(ownMetrics.length / 2);
  });
});
