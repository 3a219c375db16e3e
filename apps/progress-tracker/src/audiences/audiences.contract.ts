import type { Audiences, SavedAudience } from './audiences';

const night: SavedAudience = {
  name: 'night',
  audience: { employerId: 'acme', label: 'night' },
  changedBy: 'spec',
  changedAt: new Date('2026-06-10T15:00:00.000Z'),
};

/** What every store of audiences must do. */
export const audiencesContract = (open: () => Promise<Audiences>): void => {
  it('keeps what was saved last under a name, and lists by name', async () => {
    const audiences = await open();
    await audiences.save(night);
    await audiences.save({ ...night, name: 'day' });
    const later: SavedAudience = { ...night, audience: { everybody: true } };
    await audiences.save(later);
    await expect(audiences.of('night')).resolves.toEqual(later);
    await expect(audiences.all()).resolves.toEqual([{ ...night, name: 'day' }, later]);
  });

  it('forgets one that is removed, and says whether there was one', async () => {
    const audiences = await open();
    await audiences.save(night);
    await expect(audiences.remove('night')).resolves.toBe(true);
    await expect(audiences.remove('night')).resolves.toBe(false);
    await expect(audiences.of('night')).resolves.toBeUndefined();
  });
};
