import type { Deliveries } from './deliveries';
import { after, noon, waiting, webhook } from './webhooks.testkit';
import type { Webhooks } from './webhooks';

const limited = webhook({ id: 'wh_two', employers: ['acme'], withPhones: true, createdAt: after(1) });

/** What every store of webhooks must do. */
export const webhooksContract = (open: () => Promise<Webhooks>): void => {
  const filled = async (): Promise<Webhooks> => {
    const webhooks = await open();
    await webhooks.add(limited);
    await webhooks.add(webhook());
    return webhooks;
  };

  it('lists webhooks with and without limits, the oldest first, in pages', async () => {
    const webhooks = await filled();
    expect(await webhooks.list({ limit: 9 })).toEqual([webhook({ secret: expect.any(String) }), limited]);
    expect(await webhooks.list({ limit: 1 })).toMatchObject([{ id: 'wh_one' }]);
    expect(await webhooks.list({ limit: 9, after: { at: noon, id: 'wh_one' } })).toEqual([limited]);
    expect(await webhooks.one('wh_two')).toEqual(limited);
    expect(await webhooks.one('wh_three')).toBeUndefined();
  });

  it('changes what is named, takes away what is null, and leaves the rest', async () => {
    const webhooks = await filled();
    const disabled = { at: noon, because: 'gone' } as const;
    const changes = { disabled, failingSince: noon, previous: { secret: 'old', until: after(9) } };
    expect(await webhooks.change('wh_two', changes)).toEqual({ ...limited, ...changes });
    expect((await webhooks.enabled()).webhooks.map(({ id }) => id)).toEqual(['wh_one']);
    expect(await webhooks.change('wh_two', { disabled: null, failingSince: null, previous: null })).toEqual(
      limited,
    );
    expect((await webhooks.enabled()).webhooks).toHaveLength(2);
    expect(await webhooks.change('wh_three', { secret: 'new' })).toBeUndefined();
  });

  it('settles what answers tell of one by what was read, and by nothing that has changed since', async () => {
    const webhooks = await filled();
    const failing = { failingSince: noon, failedAt: after(1) };
    expect(await webhooks.settle(limited, failing)).toBe(true);
    expect(await webhooks.settle(limited, { succeededAt: after(2) })).toBe(false);
    expect(await webhooks.one('wh_two')).toEqual({ ...limited, ...failing });
    const good = { succeededAt: after(2), failingSince: null, failedAt: null };
    expect(await webhooks.settle({ ...limited, ...failing }, good)).toBe(true);
    expect(await webhooks.one('wh_two')).toEqual({ ...limited, succeededAt: after(2) });
    expect(await webhooks.settle({ ...limited, id: 'wh_three' }, failing)).toBe(false);
  });

  it('removes one once', async () => {
    const webhooks = await filled();
    expect([await webhooks.remove('wh_two'), await webhooks.remove('wh_two')]).toEqual([true, false]);
    expect(await webhooks.list({ limit: 9 })).toMatchObject([{ id: 'wh_one' }]);
  });
};

/** What every store of deliveries must do. */
export const deliveriesContract = (open: () => Promise<Deliveries>): void => {
  const [one, two] = [waiting('one'), waiting('two', { nextAt: after(-1), createdAt: after(1) })];
  const other = waiting('one', { id: 'wh_two:one', webhook: 'wh_two' });
  const filled = async (): Promise<Deliveries> => {
    const deliveries = await open();
    await deliveries.add([one, two, other]);
    return deliveries;
  };

  it('keeps what it has of an id, however often it comes', async () => {
    const deliveries = await filled();
    await deliveries.add([{ ...one, body: '{"changed":true}' }]);
    expect(await deliveries.one(one.id)).toEqual(one);
    expect(await deliveries.one('nobody')).toBeUndefined();
  });

  it('gives what is due of one webhook, the longest due first', async () => {
    const deliveries = await filled();
    const due = (now: Date, limit = 9) => deliveries.due({ webhook: 'wh_one', now, limit });
    expect(await due(noon)).toEqual([two, one]);
    expect(await due(noon, 1)).toEqual([two]);
    expect(await due(after(-1))).toEqual([two]);
  });

  it('lets one of two writers save, and gives what is settled no more', async () => {
    const deliveries = await filled();
    const claimed = { ...one, attempts: 1, nextAt: after(60_000) };
    expect(await deliveries.save(one, claimed)).toBe(true);
    expect(await deliveries.save(one, { ...one, attempts: 1, nextAt: after(60_001) })).toBe(false);
    const { id, webhook: to, event, kind, createdAt, body } = claimed;
    const last = { at: noon, status: 204 };
    const done = {
      id,
      webhook: to,
      event,
      kind,
      createdAt,
      body,
      attempts: 1,
      state: 'delivered',
      last,
    } as const;
    expect(await deliveries.save(claimed, done)).toBe(true);
    expect(await deliveries.one(one.id)).toEqual(done);
    expect(await deliveries.due({ webhook: 'wh_one', now: after(99_999), limit: 9 })).toEqual([two]);
    const again = { ...done, state: 'waiting', attempts: 0, nextAt: noon } as const;
    expect(await deliveries.save(done, again)).toBe(true);
    expect(await deliveries.due({ webhook: 'wh_one', now: noon, limit: 9 })).toEqual([two, again]);
  });

  it('lists those of a webhook, the latest first, in pages, and removes them alone', async () => {
    const deliveries = await filled();
    expect(await deliveries.list('wh_one', { limit: 9 })).toEqual([two, one]);
    const place = { at: two.createdAt, id: two.id };
    expect(await deliveries.list('wh_one', { limit: 1 })).toEqual([two]);
    expect(await deliveries.list('wh_one', { limit: 9, after: place })).toEqual([one]);
    await deliveries.removeOf('wh_one');
    expect(await deliveries.list('wh_one', { limit: 9 })).toEqual([]);
    expect(await deliveries.list('wh_two', { limit: 9 })).toEqual([other]);
  });
};
