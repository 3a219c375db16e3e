import { run, sampleDrills } from './terminal.testkit';

type Answer = {
  readonly line: number;
  readonly verdict?: string;
  readonly rule?: string;
  readonly error?: string;
};

const graded = async (...input: readonly string[]) => {
  const { exit, out, err } = await run(['grade', '--drills', sampleDrills], input);
  return { exit, err, answers: out.map((line) => JSON.parse(line) as Answer) };
};

const dryHands = (reply: string): string =>
  JSON.stringify({
    prompt: {
      slug: 'dry',
      messages: [{ text: { en: 'How do you dry your hands?' } }],
      options: [
        { id: 'a', text: { en: 'with the towel' } },
        { id: 'b', text: { en: 'with the water' } },
      ],
      key: 'a',
    },
    reply,
  });

describe('grade', () => {
  it('gives the verdict and the rule', async () => {
    const { exit, answers } = await graded(
      '{"prompt":{"key":"b) 2-3 pumps"},"reply":"1 pump"}',
      '{"prompt":"01-clean-hands/how-long","reply":"por 20 segundos","language":"es"}',
    );
    expect(exit).toBe(0);
    expect(answers).toEqual([
      expect.objectContaining({ line: 1, verdict: 'wrong', rule: expect.stringMatching(/^\w+$/) as string }),
      expect.objectContaining({ line: 2, verdict: 'right', rule: expect.stringMatching(/^\w+$/) as string }),
    ]);
  });

  it('answers each line with one line under its number, whatever is wrong with it', async () => {
    const { exit, answers, err } = await graded(
      'nonsense',
      '{"prompt":"x/y","reply":"a"}',
      '',
      '{"reply":"a"}',
      '{"prompt":"01-clean-hands","reply":"a"}',
      '{"prompt":"01-clean-hands/how-long","reply":"b"}',
    );
    expect(exit).toBe(1);
    expect(answers.map(({ line, verdict }) => [line, verdict])).toEqual([
      [1, undefined],
      [2, undefined],
      [4, undefined],
      [5, undefined],
      [6, 'right'],
    ]);
    expect(answers.slice(0, 4).map(({ error }) => error)).toEqual([
      expect.stringContaining('JSON'),
      "no prompt 'x/y' in the catalogue",
      expect.stringContaining('prompt'),
      "prompt '01-clean-hands' is not of the form drill/prompt",
    ]);
    expect(err).toEqual(['4 lines could not be graded']);
  });

  it('knows the words of the language also for a prompt that came with its reply', async () => {
    const { answers } = await graded(dryHands('with the towle'), dryHands('with the tower'));
    expect(answers.map(({ verdict }) => verdict)).toEqual(['right', 'unclear']);
  });

  it('needs no drills for what names none of them', async () => {
    const input = ['{"prompt":{"key":"b) 2-3 pumps"},"reply":"b"}'];
    await expect(run(['grade', '--drills', '/does/not/exist'], input)).resolves.toMatchObject({ exit: 0 });
    const named = ['{"prompt":"01-clean-hands/how-long","reply":"b"}'];
    await expect(run(['grade', '--drills', '/does/not/exist'], named)).resolves.toMatchObject({ exit: 2 });
  });
});
