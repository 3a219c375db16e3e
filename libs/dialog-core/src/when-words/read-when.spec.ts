import { readWhen } from './read-when';

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const everyDay = [...workdays, 'sat', 'sun'];

describe('readWhen', () => {
  it.each([
    ['mornings', 'en', '09:00'],
    ['in the evening please', 'en', '19:00'],
    ['at lunch', 'en', '12:00'],
    ['7:30pm', 'en', '19:30'],
    ['7.30 p.m.', 'en', '19:30'],
    ['730pm', 'en', '19:30'],
    ['7 pm', 'en', '19:00'],
    ['at 8', 'en', '08:00'],
    ['8', 'en', '08:00'],
    ['08:15', 'en', '08:15'],
    ['19:45', 'en', '19:45'],
    ['5', 'en', '17:00'],
    ['05:00', 'en', '05:00'],
    ['5 am', 'en', '05:00'],
    ['12', 'en', '12:00'],
    ['12 am', 'en', '00:00'],
    ['12:30 pm', 'en', '12:30'],
    ['half past seven in the evening', 'en', '19:30'],
    ["six o'clock in the morning", 'en', '06:00'],
    ['after work', 'en', '19:00'],
    ['I think 7pm would be best', 'en', '19:00'],
    ['any time', 'en', 'any'],
    ['por la mañana', 'es', '09:00'],
    ['a las 8 de la noche', 'es', '20:00'],
    ['a las siete y media', 'es', '07:30'],
    ['8 de la mañana', 'es', '08:00'],
    ['al mediodía', 'es', '12:00'],
    ['le soir', 'fr', '19:00'],
    ['19h30', 'fr', '19:30'],
    ['7h', 'fr', '07:00'],
    ['à 18 heures', 'fr', '18:00'],
    ['huit heures du soir', 'fr', '20:00'],
    ['ព្រឹក', 'km', '09:00'],
    ['mornings', 'es', '09:00'],
  ])('takes %s (%s) for %s', (text, language, time) => expect(readWhen(text, language)).toEqual({ time }));

  it.each([
    ['Monday', 'en', ['mon']],
    ['mon, wed and fri', 'en', ['mon', 'wed', 'fri']],
    ['Mon-Fri', 'en', workdays],
    ['weekdays', 'en', workdays],
    ['Friday to Monday', 'en', ['mon', 'fri', 'sat', 'sun']],
    ['weekends', 'en', ['sat', 'sun']],
    ['every day', 'en', everyDay],
    ['every day except Sunday', 'en', [...workdays, 'sat']],
    ['not on Sundays', 'en', [...workdays, 'sat']],
    ['de lunes a viernes', 'es', workdays],
    ['todos los días menos el domingo', 'es', [...workdays, 'sat']],
    ['du lundi au vendredi', 'fr', workdays],
    ['le mercredi', 'fr', ['wed']],
    ['ថ្ងៃចន្ទ', 'km', ['mon']],
  ])('takes %s (%s) for its days', (text, language, days) =>
    expect(readWhen(text, language)).toEqual({ days }),
  );

  it.each([
    ['lunes a las 8', 'es', { days: ['mon'], time: '08:00' }],
    ['Tuesdays and Thursdays at 7:30pm', 'en', { days: ['tue', 'thu'], time: '19:30' }],
    ['weekday mornings', 'en', { days: workdays, time: '09:00' }],
    ['sábado por la tarde', 'es', { days: ['sat'], time: '15:00' }],
    ['en semaine vers 7h30', 'fr', { days: workdays, time: '07:30' }],
    ['daily 6pm', 'en', { days: everyDay, time: '18:00' }],
  ])('hears both in %s', (text, language, when) => expect(readWhen(text, language)).toEqual(when));

  it.each([
    ['', 'en'],
    ['hello', 'en'],
    ['7 or 8', 'en'],
    ['mornings or evenings', 'en'],
    ['25:00', 'en'],
    ['13 am', 'en'],
    ['I have 2 kids', 'en'],
    ['every day except every day', 'en'],
    ['😀', 'en'],
  ])('does not guess at %s', (text, language) => expect(readWhen(text, language)).toBeUndefined());
});
