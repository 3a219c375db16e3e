import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runningTracker } from '../operations/operations.testkit';
import { hookKinds } from '../webhooks/webhook';

const path = join(__dirname, '../../../../docs/openapi.json');
const isWritten = process.env['UPDATE_DOCS'] === '1';

type Parameter = { readonly required?: boolean; readonly example?: unknown; readonly schema?: object };
type Operation = { readonly summary?: string; readonly parameters: readonly Parameter[] };
type Document = {
  readonly openapi: string;
  readonly webhooks: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

describe('the OpenAPI document', () => {
  let document: Document;
  beforeAll(async () => {
    const tracker = await runningTracker();
    document = (await (await fetch(`${tracker.url}/docs-json`)).json()) as Document;
    await tracker.close();
  }, 60_000);

  const operations = (): readonly [string, Operation][] =>
    Object.entries(document.paths)
      .filter(([route]) => route.startsWith('/v1/'))
      .flatMap(([route, methods]) =>
        Object.entries(methods).map(([method, operation]): [string, Operation] => [
          `${method} ${route}`,
          operation,
        ]),
      );

  it('is docs/openapi.json, so that a review sees what changes for those who ask', () => {
    if (isWritten) writeFileSync(path, JSON.stringify(document, null, 2));
    expect(document).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });

  it('says in a sentence what each route is for', () =>
    expect(operations().flatMap(([route, { summary }]) => (summary ? [] : [route]))).toEqual([]));

  it('says what may be null as OpenAPI 3.1 does, and nothing as 3.0 did', () => {
    const text = JSON.stringify(document);
    expect(text).not.toContain('"nullable"');
    expect(text).toContain('["string","null"]');
    expect(document.openapi).toBe('3.1.0');
  });

  it('tells of each kind of webhook what is sent, and nothing else', () =>
    expect(Object.keys(document.webhooks).toSorted()).toEqual([...hookKinds, 'webhook.ping'].toSorted()));

  it('fills in no parameter that may be left out, so that trying a route out filters nothing', () => {
    const filled = operations().flatMap(([route, { parameters }]) =>
      parameters
        .filter(
          (each) =>
            each.required !== true &&
            ('example' in each || 'examples' in each || 'example' in (each.schema ?? {})),
        )
        .map(() => route),
    );
    expect(filled).toEqual([]);
  });
});
