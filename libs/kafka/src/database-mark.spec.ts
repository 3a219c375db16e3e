import { isOlder } from './database-mark';

const mark = (acceptedAt: number, offset: string) => ({ acceptedAt, offset });

describe('a database beside the mark that it told', () => {
  it.each([
    ['has come as far', mark(0, '7'), mark(0, '7'), false],
    ['has come further', mark(0, '9007199254740993'), mark(0, '9007199254740992'), false],
    ['has come less far', mark(0, '9'), mark(0, '10'), true],
    ['is empty', mark(0, '0'), mark(0, '1'), true],
    ['has come less far, which somebody has accepted since', mark(5, '0'), mark(0, '10'), false],
    ['has come less far since that was accepted', mark(5, '2'), mark(5, '3'), true],
    ['is from before something was accepted', mark(0, '90'), mark(5, '3'), true],
  ])('%s', (_when, database, told, older) => {
    expect(isOlder(database, told)).toBe(older);
  });
});
