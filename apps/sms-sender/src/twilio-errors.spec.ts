import { dispositionOf, twilioErrors } from './twilio-errors';

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
    [400, '99999', 'permanent'],
    [404, undefined, 'configuration'],
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
});
