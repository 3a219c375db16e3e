import { given, registered, started, type Order } from './dialog.testkit';

const asked = given(registered, started).when('please stop texting me');
const confirmed = asked.when('yes');
const told = { type: 'TextNotUnderstood', afterOptOut: true } as const;
const heardAsStart = (text: string): Order => ({ type: 'ReceiveSms', text, optOutType: 'START' });

describe('after an opt-out that answered our question', () => {
  it.each(['yes', 'Yes!', 'Y', 'yeah', 'sí', 'oui', 'បាទ'])(
    '%s is no opt-in, and answered with how to come back',
    (text) => confirmed.when(text).then({ ...told, text }),
  );

  it('is answered so also where the question was answered with STOP', () =>
    asked.when('STOP').when('yes').then(told));

  it('is told once: the next yes opts in as it does for anybody', () =>
    confirmed
      .when('yes')
      .seeing(told)
      .when('yes')
      .then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted' }));

  it.each(['what?', 'B', 'please stop texting me', 'no'])('%s is not answered, and changes nothing', (text) =>
    confirmed.when(text).seeing().when('yes').then(told),
  );

  it.each<Order>(['START', 'go', 'unstop', 'comenzar', heardAsStart('yes')])('%j opts in at once', (order) =>
    confirmed.when(order).then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted', goesOn: {} }),
  );

  it('the drill still goes on for who then comes back', () =>
    confirmed
      .when('yes')
      .seeing(told)
      .when('START')
      .then({ type: 'TraineeOptedIn', cutOff: 'goesOn' }, { type: 'DrillStarted', goesOn: {} }));

  it('and an opt-in, a yes answers what it always does', () =>
    confirmed.when('START', 'STOP').when('yes').then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted' }));
});

it('a yes after an opt-out that nobody asked about opts in at once', () =>
  given(registered, started)
    .when('STOP')
    .when('yes')
    .then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted' }));
