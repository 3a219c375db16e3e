import fc from 'fast-check';
import { fieldsThatDiffer, judgePhone, type PhoneDocuments, type StoredDocument } from './judge-phone';

const run = (version: number, fields: object = {}): StoredDocument => ({
  _id: 'run',
  version,
  writeId: `write ${version}`,
  status: 'running',
  ...fields,
});
const trainee = (version: number, fields: object = {}): StoredDocument => ({
  _id: '+12025550143',
  version,
  writeId: `write ${version}`,
  ...fields,
});
const phone = (standing: StoredDocument | undefined, ...runs: readonly StoredDocument[]): PhoneDocuments =>
  new Map([
    ['trainees', standing === undefined ? [] : [standing]],
    ['drill_runs', runs],
  ]);
const nobody = phone(undefined);

describe('a phone, compared with a fresh fold', () => {
  it.each([
    ['nothing on both sides', nobody, nobody, 'same'],
    [
      'the same content from another write',
      phone(trainee(3, { writeId: 'x' }), run(2)),
      phone(trainee(3), run(2)),
      'same',
    ],
    ['other content at the same version', phone(trainee(3, { drills: [] })), phone(trainee(3)), 'different'],
    ['a run that is not there', phone(trainee(3)), phone(trainee(3), run(2)), 'different'],
    ['a run too many', phone(trainee(3), run(2)), phone(trainee(3)), 'different'],
    ['no live documents', nobody, phone(trainee(3), run(2)), 'missing'],
    [
      'a standing whose version is lost',
      phone(trainee(3, { version: 'three' })),
      phone(trainee(3)),
      'missing',
    ],
    ['a live side that has gone on', phone(trainee(4), run(4)), phone(trainee(3), run(2)), 'behind'],
    ['runs alone that have gone on', phone(undefined, run(4)), phone(trainee(3), run(2)), 'behind'],
    ['a live side that is left behind', phone(trainee(2)), phone(trainee(3)), 'late'],
    [
      'a write that has not come to its end',
      phone(trainee(3), run(4)),
      phone(trainee(3), run(2)),
      'unsettled',
    ],
    ['runs of nobody', phone(undefined, run(0)), nobody, 'unknown'],
  ])('with %s', (_what, live, shadow, kind) => {
    expect(judgePhone(live, shadow).kind).toBe(kind);
  });

  it('that is behind is to be folded up to the version that was seen', () => {
    expect(judgePhone(phone(trainee(9)), nobody)).toEqual({ kind: 'behind', target: 9 });
  });
});

describe('the fields that differ', () => {
  it('are named as paths, into lists of the same length too', () => {
    const live = run(1, {
      prompts: [{ attempts: 1 }],
      account: { name: 'a' },
      at: new Date(1),
      labels: ['x'],
    });
    const shadow = run(1, { prompts: [{ attempts: 2 }], account: { id: 'b' }, at: new Date(2), labels: [] });
    expect(fieldsThatDiffer(live, shadow)).toEqual([
      'prompts.0.attempts',
      'account.name',
      'account.id',
      'at',
      'labels',
    ]);
  });

  it('are none between a document and itself, whatever it holds', () => {
    const contents = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(contents, (content) => {
        const stored = JSON.stringify({ ...content, _id: 'a' });
        const read = () => JSON.parse(stored) as StoredDocument;
        expect(fieldsThatDiffer(read(), read())).toEqual([]);
      }),
    );
  });
});
