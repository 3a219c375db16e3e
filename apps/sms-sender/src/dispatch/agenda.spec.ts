import { Agenda } from './agenda';

describe('an agenda', () => {
  it('says how long there is nothing to do, up to the limit', () => {
    const agenda = new Agenda();
    expect(agenda.untilNext(1_000, 500)).toBe(500);
    agenda.note(1_210);
    agenda.note(1_100);
    expect(agenda.untilNext(1_000, 500)).toBe(100);
    expect(agenda.untilNext(1_100, 500)).toBe(150);
    expect(agenda.untilNext(1_250, 500)).toBe(500);
  });

  it('holds each moment once, however many phones it is noted for', () => {
    const agenda = new Agenda();
    for (let phone = 0; phone < 10_000; phone += 1) agenda.note(3_000 + phone / 1_000);
    expect(agenda.untilNext(2_990, 5_000)).toBe(10);
  });
});
