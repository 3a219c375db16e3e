import { read } from '../repository.testkit';
import { sourcesOf } from './code.testkit';

const documented = [...read('docs/errors.md').matchAll(/^\| `(\w+)` +\| sms-sender /gm)]
  .map(([, code]) => code)
  .sort();
const catalogue = /export const ownFailures = \{\n([\s\S]*?)\n\} as const/.exec(
  read('apps/sms-sender/src/outbox/failure-codes.ts'),
)?.[1];
const codes = [...(catalogue ?? '').matchAll(/^ {2}(\w+):/gm)].map(([, code]) => code).sort();

describe('the failure codes of sms-sender', () => {
  it('are those that the page of failure codes has, and no others', () => {
    expect(codes.length).toBeGreaterThan(3);
    expect(documented).toEqual(codes);
  });

  it('are written nowhere but in their catalogue', () => {
    const stray = sourcesOf('apps/sms-sender').flatMap((text) => [...text.matchAll(/code: '(\w+)'/g)]);
    expect(stray.map(([, code]) => code).filter((code) => !/^\d+$/.test(code ?? ''))).toEqual([]);
  });
});
