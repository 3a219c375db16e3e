import { lintFiles } from './lint';
import { formatProblem } from './problem';

const hands = 'languages: [en]\ntitle: Hands\nprompts:\n  - { slug: bye, messages: Bye }\n';
const files = [
  { path: 'course.yaml', text: 'drills: [hands]\n' },
  { path: 'hands.yaml', text: hands },
  { path: 'refresher.yaml', text: hands.replace('Hands', 'Refresher') },
];

const lint = (text: string) => lintFiles([...files, { path: 'drips.yaml', text }]);
const said = (text: string): readonly string[] => lint(text).problems.map(formatProblem);

const certificate = `certificate:
  from: certificateEnds
  time: '10:00'
  keepDays: 3
  steps:
    month-before: { days: -30, message: { en: Your certificate ends in a month., es: Termina en un mes. } }
    refresher: { days: -7, time: '14:00', drill: refresher }
`;
const steps = (text: string) => `welcome:\n  from: hired\n  time: '10:00'\n  steps: ${text}\n`;

describe('the drips beside the course', () => {
  it('are no drill, come with the catalogue, and lead to their drills', () => {
    const { catalogue, problems } = lint(certificate);
    expect(problems).toEqual([]);
    expect(catalogue?.drips).toMatchObject({ certificate: { from: 'certificateEnds', keepDays: 3 } });
    expect([...(catalogue?.revisions.keys() ?? [])]).toEqual(['hands', 'refresher']);
  });

  it('are not needed', () => expect(lintFiles(files).catalogue).not.toHaveProperty('drips'));

  it('make another catalogue when they change', () =>
    expect(lint(certificate).catalogue?.version).not.toBe(
      lint(certificate.replace('-30', '-31')).catalogue?.version,
    ));

  it.each([
    [steps('{ one: { days: 1 } }'), /4:\d+ error bad-value takes a message, a drill, or both/],
    [steps('{ one: { message: { en: Hi } } }'), /4:\d+ error bad-value takes either days or months/],
    [steps('{ one: { days: 1, months: 1, message: { en: Hi } } }'), /error bad-value takes either/],
    [steps('{ one: { days: 1.5, message: { en: Hi } } }'), /4:\d+ error wrong-type/],
    [steps('{ one: { days: 1, message: { en: " " } } }'), /4:\d+ error bad-value is empty/],
    [steps('{ one: { days: 1, message: {} } }'), /must hold at least one language/],
    [steps('{ one: { day: 1, message: { en: Hi } } }'), /unknown-field 'day'.*did you mean 'days'/],
    [steps('{ one: { days: 1, drill: refreshed } }'), /drip-unknown-drill .*did you mean 'refresher'/],
    [steps("{ one: { days: 1, time: '24:00', message: { en: Hi } } }"), /error bad-value a step's time/],
    [steps('{ One: { days: 1, message: { en: Hi } } }'), /error bad-value/],
    [steps('{}'), /takes from 1 to 50 steps/],
    [steps('{ one: { days: 1, drill: hands } }').replace('hired', 'phone number'), /2:\d+ error bad-value/],
    ['- welcome\n', /1:1 error wrong-type/],
  ])('say of %j what is wrong, and where', (text, problem) => expect(said(text).join('\n')).toMatch(problem));
});
