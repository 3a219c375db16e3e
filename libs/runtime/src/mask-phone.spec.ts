import { maskPath, maskPhone } from './mask-phone';

describe('what a log shows of a phone', () => {
  it.each([
    ['+12025550143', '+•••••••••43'],
    ['12025550143', '•••••••••43'],
    ['not a phone', '•••'],
  ])('is of %s only %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));

  it.each([
    ['/v1/trainees/+12025550143', '/v1/trainees/+•••••••••43'],
    ['/v1/trainees/%2B12025550143?limit=1', '/v1/trainees/+•••••••••43'],
    ['/v1/trainees/12025550143/runs', '/v1/trainees/•••••••••43/runs'],
    ['/v1/trainees?cursor=KzEyMDI1NTUwMTQz', '/v1/trainees'],
    ['/Accounts/AC00000000000000001/Messages.json', '/Accounts/AC00000000000000001/Messages.json'],
    ['/health/ready', '/health/ready'],
  ])('is in the path %s only %s', (url, shown) => expect(maskPath(url)).toBe(shown));
});
