import { zone } from './calendar.testkit';
import { chooseZone, parseZone } from './zones';

describe('a time zone', () => {
  it.each(['America/New_York', 'america/new_york', 'Asia/Kolkata', 'UTC', ' Europe/Paris '])(
    'may be %j, kept as it was given',
    (name) => expect(parseZone(name)).toEqual({ ok: true, value: name.trim() }),
  );

  it.each([
    ['EST', /abbreviation/],
    ['PST8PDT', /abbreviation/],
    ['CEST', /abbreviation/],
    ['+05:30', /offset/],
    ['GMT+5', /offset/],
    ['UTC-3', /offset/],
    ['Pacific Time (US & Canada)', /IANA list/],
    ['Atlantis/Capital', /IANA list/],
    ['Eastern', /IANA list/],
    ['', /missing/],
  ])('may not be %j', (name, reason) => {
    const problem = expect.stringMatching(reason) as string;
    expect(parseZone(name)).toEqual({ ok: false, problem });
    expect(parseZone(name)).toMatchObject({ problem: expect.stringContaining('America/New_York') as string });
  });
});

describe("the trainee's zone", () => {
  const [paris, lima] = [zone('Europe/Paris'), zone('America/Lima')];

  it('is what the trainee says, whatever others say', () =>
    expect(chooseZone({ organisation: lima, group: lima, import: lima, trainee: paris })).toEqual({
      zone: paris,
      source: 'trainee',
    }));

  it("is the organisation's where nobody closer says anything", () =>
    expect(chooseZone({ organisation: lima })).toEqual({ zone: lima, source: 'organisation' }));

  it('is unknown where nobody says anything', () =>
    expect(chooseZone({})).toEqual({ zone: null, source: 'unknown' }));
});
