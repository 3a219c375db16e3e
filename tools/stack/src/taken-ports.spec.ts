import { createServer, type AddressInfo } from 'node:net';
import { freePort } from '@stopcovid/runtime';
import { portsFrom, takenPorts } from './taken-ports';

describe('the ports of a stack', () => {
  it('are found taken while something listens there, and free again afterwards', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const others = {
      emulator: await freePort(),
      ingress: await freePort(),
      engine: await freePort(),
      tracker: await freePort(),
    };
    expect(await takenPorts({ ...others, sender: port })).toEqual([port]);
    await new Promise((resolve) => server.close(resolve));
    expect(await takenPorts({ ...others, sender: port })).toEqual([]);
  });

  it('follow the first one', () =>
    expect(portsFrom('4000')).toEqual({
      emulator: 4000,
      ingress: 4001,
      engine: 4002,
      sender: 4003,
      tracker: 4004,
    }));

  it.each(['', 'x', '0', '-1', '4000.5', '65532', '1e9'])(
    'cannot begin at %j, which is said with the setting',
    (first) => expect(() => portsFrom(first)).toThrow('PORT must be a number from 1 to 65531'),
  );
});
