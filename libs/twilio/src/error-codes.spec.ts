import { dispositionOf, reportedDispositionOf, twilioErrors } from './error-codes';

describe('what a code of Twilio’s asks for', () => {
  it.each([
    [429, '20429', 'retry'],
    [429, undefined, 'retry'],
    [400, '21610', 'optOut'],
    [400, '21211', 'permanent'],
    [400, '21408', 'configuration'],
    [401, '20003', 'account'],
    [400, '30002', 'account'],
    [400, '30001', 'retryLater'],
    [500, '20500', 'ambiguous'],
    [503, '20503', 'ambiguous'],
    [502, undefined, 'ambiguous'],
    [503, '21730', 'retryLater'],
    [400, '63007', 'sender'],
    [400, '21606', 'sender'],
    [400, '21703', 'sender'],
    [404, '20404', 'sender'],
    [400, '63038', 'retryLater'],
    [403, '20006', 'account'],
    [400, '99999', 'permanent'],
    [404, undefined, 'sender'],
    [401, undefined, 'account'],
  ])('HTTP %i with code %s is %s', (status, code, disposition) => {
    expect(dispositionOf(status, code)).toBe(disposition);
  });

  it('names each code by five digits and says what it means', () => {
    for (const [code, { meaning }] of Object.entries(twilioErrors)) {
      expect(code).toMatch(/^\d{5}$/);
      expect(meaning).not.toBe('');
    }
  });

  it('tries nothing again blindly but what was never processed', () => {
    const again = Object.entries(twilioErrors).filter(([, { disposition }]) => disposition === 'retry');
    expect(again.map(([code]) => code)).toEqual(['14107', '20429']);
  });

  it.each([
    ['30001', 'retryLater'],
    ['30022', 'retryLater'],
    ['63018', 'retryLater'],
    ['20429', 'retryLater'],
    ['30008', 'permanent'],
    ['30003', 'permanent'],
    ['30034', 'sender'],
    ['30002', 'account'],
    ['21610', 'optOut'],
    ['99999', 'permanent'],
  ])('reported afterwards, %s is %s', (code, disposition) => {
    expect(reportedDispositionOf(code)).toBe(disposition);
  });

  it('sends nothing another time that may have arrived', () => {
    const rows = Object.values(twilioErrors).filter(({ disposition }) => disposition === 'ambiguous');
    expect(rows.length).toBeGreaterThan(5);
    for (const { reported } of rows) expect(reported).toBe('permanent');
  });
});
