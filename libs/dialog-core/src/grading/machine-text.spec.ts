import { isMachineText } from './machine-text';

describe('a text that no person wrote', () => {
  it.each([
    'Liked “b) for 20 seconds”',
    'Disliked “b) for 20 seconds”',
    'Loved "How long should you rub?"',
    'Laughed at “a) True”',
    'Emphasized “a) True”',
    'Questioned “a) True”',
    'Liked an image',
    'Loved a movie',
    'Reacted 👏 to “b) for 20 seconds”',
    'Removed a like from “b)”',
    '👍 to “b) for 20 seconds”',
    '😂 to "a) True"',
    'Le gusta “b) por 20 segundos”',
    'Le encantó “b)”',
    'Reaccionó con 👍 a “b)”',
    'A aimé « b) pendant 20 secondes »',
    "N'a pas aimé « b) »",
    'A réagi avec 👍 à « b) »',
    'Curtiu “b)”',
    'I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.',
    'I’m not receiving notifications. If this is urgent, reply "urgent" to send a notification through.',
    'Auto-reply: I am out of the office until Monday',
    'Respuesta automática: estoy fuera de la oficina',
    'Réponse automatique : absente',
    'Message not delivered',
    'Message blocking is active.',
  ])('%j', (text) => expect(isMachineText(text)).toBe(true));
});

describe('a text that a person wrote', () => {
  it.each([
    'b',
    'I liked the second one',
    'liked',
    'I am driving home',
    'the message',
    'a "b"',
    '"b"',
    'me gusta la b',
    "j'aime la b",
    'un mensaje',
    'my manager is out of office',
    '👍',
    '',
  ])('%j', (text) => expect(isMachineText(text)).toBe(false));
});
