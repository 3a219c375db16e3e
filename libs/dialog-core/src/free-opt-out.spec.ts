import { asksToStop, saysYes } from './free-opt-out';
import { plainText } from './plain-text';

const heard = (text: string): boolean => asksToStop(plainText(text));

describe('a text that is no keyword', () => {
  it.each([
    'please stop texting me',
    'Stop texting me!!',
    'STOP MESSAGING THIS NUMBER',
    'can you please stop sending me these texts',
    'Quit sending me messages please',
    "Don't text me anymore.",
    'do not contact me again',
    'never text me again',
    'no more texts please',
    'I want to unsubscribe',
    "I'd like to opt out",
    'I don’t want any more messages',
    "I don't want to receive these messages",
    'Take me off your list',
    'remove my number from this list',
    'unsubscribe me',
    'Leave me alone',
    'Hi. Stop the messages please',
    'no me escriban más',
    'Por favor no me manden más mensajes',
    'ya no me envíen mensajes',
    'Dejen de escribirme',
    'deje de mandarme mensajes por favor',
    'No quiero recibir más mensajes',
    'ya no quiero mensajes',
    'quítenme de su lista',
    'déjenme en paz',
    'Ne m’écrivez plus',
    'Arrêtez de m’envoyer des messages',
    'je ne veux plus recevoir vos SMS',
    'désabonnez-moi',
    'សូមឈប់ផ្ញើសារ',
  ])('asks to stop: %s', (text) => expect(heard(text)).toBe(true));

  it.each([
    "I can't stop laughing",
    "I can't stop texting",
    'we do not stop texting',
    'Stop the spread of germs',
    'stop the machine first',
    'do not touch me',
    "don't send the guest away",
    'I texted my supervisor to stop',
    'when does this stop',
    'the bus stop',
    'don’t forget to text me',
    'send me more messages',
    'I want more texts',
    'no more questions',
    'no more soap',
    'end the message with a thank you',
    'stop, wash, dry',
    'My boss said to stop sending guests to the kitchen',
    'no me siento bien',
    'no me manden la respuesta todavía',
    'no quiero lavarme las manos',
    'dejen de tocar las manijas',
    'no hay más mensajes',
    'arrêtez la machine',
    'ne touchez plus la poignée',
    'je ne veux plus de savon',
    'plus de messages ?',
    'b) for 20 seconds',
    '',
  ])('does not: %s', (text) => expect(heard(text)).toBe(false));

  it.each([
    ['stop sending me these texts'],
    ['no more texts', 'ever again'],
    ['stop texting me', 'thank you any more please now'],
    ['no quiero mensajes', 'nunca mas por favor ya'],
    ['arretez de m ecrire', 's il vous plait merci'],
  ])('takes no longer than its length asks for: %s', (asked, courtesy = asked) => {
    expect(heard(`${asked} ${`${courtesy} `.repeat(200)}x`)).toBe(false);
  });
});

it('only a plain yes confirms', () => {
  expect(['yes', 'si', 'oui', 'y', 'ចាស'].every(saysYes)).toBe(true);
  expect(['no', 'ok', 'go', 'start', 'yes please go on'].some(saysYes)).toBe(false);
});
