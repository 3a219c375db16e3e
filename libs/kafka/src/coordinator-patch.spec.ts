import { createRequire } from 'node:module';
import type * as Patch from './coordinator-patch';

type Cluster = { findGroupCoordinator(asked: object): Promise<unknown> };

/** A cluster whose connections are cut one after the other, in a process that has patched it so often. */
const cutOff = (patches: number): Cluster => {
  let cluster: Cluster | undefined;
  jest.isolateModules(() => {
    const { prototype } = createRequire(__filename)('kafkajs/src/cluster') as { readonly prototype: Cluster };
    const { patchCoordinator } = jest.requireActual<typeof Patch>('./coordinator-patch');
    for (let n = 0; n < patches; n += 1) patchCoordinator();
    cluster = Object.assign(Object.create(prototype) as Cluster, {
      brokerPool: { withBroker: () => Promise.resolve(null) },
      retrier: (work: (bail: (error: unknown) => void) => Promise<unknown>) =>
        new Promise((resolve, reject) => void work(reject).then(resolve, reject)),
      logger: { debug: () => undefined },
    });
  });
  if (cluster === undefined) throw new Error('it was not loaded');
  return cluster;
};

describe('who coordinates a group, when no broker says so', () => {
  it('is never asked again by kafkajs alone', async () => {
    await expect(cutOff(0).findGroupCoordinator({ groupId: 'g' })).rejects.toMatchObject({
      retriable: false,
    });
  });

  it('is asked again once it is patched, as after any lost connection', async () => {
    await expect(cutOff(2).findGroupCoordinator({ groupId: 'g' })).rejects.toMatchObject({
      retriable: true,
      message: 'no broker says who coordinates the group',
    });
  });
});
