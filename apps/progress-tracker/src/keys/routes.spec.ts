import { runningTracker } from '../operations/operations.testkit';

/** What shows no data, and what machines of the cluster ask. */
const open = [
  '/docs',
  '/docs/',
  '/docs-json',
  '/docs-yaml',
  '/docs/*',
  '/health/live',
  '/health/ready',
  '/metrics',
];
const isOpen = (path: string): boolean => open.includes(path) || /^\/docs\/[\w./-]+$/.test(path);

describe('the routes of the tracker', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  beforeAll(async () => {
    tracker = await runningTracker();
  });
  afterAll(() => tracker.close());

  it('answer nobody without a key, but the page about them, health and metrics', async () => {
    const closed = tracker.routes.filter(({ path }) => !isOpen(path));
    const statuses = await Promise.all(
      closed.map(async ({ method, path }) => {
        const { status } = await fetch(`${tracker.url}${path.replace(/:\w+/g, 'x')}`, { method });
        return `${method} ${path} ${status}`;
      }),
    );
    expect(closed.length).toBeGreaterThan(40);
    expect(statuses.filter((line) => !line.endsWith(' 401'))).toEqual([]);
  });
});
