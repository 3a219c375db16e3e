import { framed } from './http-response';

const response = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

describe('a response on a kept connection', () => {
  it('is whole when all of its body is there, and not before', () => {
    const seen = [...response].map((_, n) => framed(Buffer.from(response.slice(0, n + 1))));
    expect(seen.filter((one) => one !== undefined)).toEqual([{ status: 200, bytes: response.length }]);
  });

  it('ends where the next one begins', () => {
    expect(framed(Buffer.from(response + response))?.bytes).toBe(response.length);
  });

  it('must say how long it is', () => {
    expect(() => framed(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow('without a length');
  });
});
