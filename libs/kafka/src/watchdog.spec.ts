import { Watchdog } from './watchdog';

const watched = (): { watchdog: Watchdog; pass: (ms: number) => void } => {
  let now = 0;
  const watchdog = new Watchdog({ silenceMs: 100, handlerMs: 200 }, () => now);
  return {
    watchdog,
    pass: (ms) => {
      now += ms;
    },
  };
};

describe('the watchdog of a consumer', () => {
  it('is content while there are signs of life', () => {
    const { watchdog, pass } = watched();
    pass(90);
    watchdog.sign();
    pass(90);
    expect(watchdog.state()).toEqual({ up: true });
  });

  it('reports a consumer that has fallen silent', () => {
    const { watchdog, pass } = watched();
    pass(101);
    expect(watchdog.state().up).toBe(false);
  });

  it('reports a handler that does not end although heartbeats go on', () => {
    const { watchdog, pass } = watched();
    watchdog.handling('sms.log.v1/3');
    pass(201);
    watchdog.sign();
    expect(watchdog.state()).toEqual({ up: false, detail: 'the handler of sms.log.v1/3 does not end' });
  });

  it('reports a crash for ever', () => {
    const { watchdog } = watched();
    watchdog.crashed('unsupported codec');
    watchdog.sign();
    expect(watchdog.state()).toEqual({ up: false, detail: 'the consumer crashed: unsupported codec' });
  });
});
