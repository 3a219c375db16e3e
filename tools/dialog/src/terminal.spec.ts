import { PassThrough } from 'node:stream';
import { linesOf } from './terminal';

it('a question that is answered waits for no more input: an open terminal would keep the process alive', async () => {
  const input = new PassThrough();
  input.write('yes\n');
  for await (const { text } of linesOf(input)) {
    expect(text).toBe('yes');
    break;
  }
  expect(input.isPaused()).toBe(true);
});
