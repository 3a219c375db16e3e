import type { Export, Ready, Running, Standing } from './export';

export const noon = new Date('2026-06-10T12:00:00.000Z');
export const after = (ms: number): Date => new Date(noon.getTime() + ms);
export const dayMs = 24 * 60 * 60 * 1_000;

/** An export of all runs that was just asked for. */
export const asked = (changes: Partial<Export> = {}): Export => ({
  id: 'ex_one',
  list: 'runs',
  query: { from: '2026-06-01', employerId: 'acme' },
  file: { format: 'ndjson', bom: false },
  by: 'dashboard',
  fingerprint: 'of-what-was-asked',
  createdAt: noon,
  expiresAt: after(7 * dayMs),
  version: 1,
  standing: { state: 'queued', attempts: 0, dueAt: noon },
  ...changes,
});

const withStanding = <S extends Standing>(standing: S, changes: Partial<Export>) => ({
  ...asked(changes),
  standing,
});

/** One that somebody has had for a moment. */
export const running = (changes: Partial<Running['standing']> = {}, of: Partial<Export> = {}): Running =>
  withStanding(
    {
      state: 'running',
      attempts: 1,
      dueAt: after(60_000),
      claim: 'c1',
      startedAt: noon,
      rows: 0,
      bytes: 0,
      ...changes,
    },
    of,
  );

/** One whose file is there. */
export const ready = (changes: Partial<Ready['standing']> = {}, of: Partial<Export> = {}): Ready =>
  withStanding(
    {
      ...{ state: 'ready', claim: 'c1', startedAt: noon, endedAt: after(9), chunks: 2, rows: 3, bytes: 40 },
      ...{ sha256: '0'.repeat(64), told: false },
      ...changes,
    },
    of,
  );
