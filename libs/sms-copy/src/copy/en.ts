import type { Copy } from '../sentences';

/** English. Every character is in GSM-7. */
export const en: Copy = {
  yourCompany: 'your company',
  everyDay: 'every day',
  anyTime: 'any time',
  asUsual: 'as usual',
  moreWord: 'MORE',
  menuWord: 'MENU',
  supportWord: 'SUPPORT',
  infoWord: 'INFO',
  helpWord: 'HELP',
  stopWord: 'STOP',
  startWord: 'START',
  resumeWord: 'RESUME',
  praise: 'Correct!',
  tryAgain: 'Not quite. Please try again!',
  reveal: 'The right answer is: {{correctAnswer}}',
  moveOn: "That is not it. Let's move on.",
  sayWhen: 'Sorry, we did not catch the days or the time. You could say, for example: weekdays at 7:30 pm',
  sayZone: 'Sorry, we did not catch where you are. Please reply with the letter or number before your place.',
  skipped: "No problem. Let's leave that and move on.",
  welcome:
    'Welcome, {{name}}! You will get short lessons by text from {{company}}. Message and data rates may apply. Reply {{help}} for help, {{stop}} to stop.',
  registrationRefused: 'Sorry, we do not know that code. Please check it and text it again.',
  registrationUnavailable:
    'Sorry, we cannot check your code right now. Please text it again in a few minutes.',
  onceMore: 'Once more, from an earlier lesson:',
  reminder: "You're almost done! Here is the question again:",
  drillCompleted: 'You have finished this lesson.',
  drillScore: 'You got {{right}} of {{graded}} right.',
  askForMore: 'Text {{more}} for the next one.',
  noMoreDrills: 'You have done all the lessons there are for now. Thank you!',
  menu: 'You can text:\n{{more}} - the next lesson\n{{info}} - what this is\n{{support}} - who can help\n{{stop}} - no more messages',
  support: 'Questions or a problem? Please ask your supervisor at {{company}}.',
  info: 'You get short lessons by text from {{company}}. Reply to each question to go on. Text {{menu}} to see what else you can do.',
  help: 'Training by text from {{company}}. Text {{menu}} to see what you can do, or ask your supervisor. Message and data rates may apply. Reply {{stop}} to stop, {{help}} for help.',
  demo: 'Thank you for your interest in a demo! We have noted your request.',
  thanks: "You're welcome!",
  notUnderstood: 'Sorry, we did not understand that. Text {{menu}} to see what you can do.',
  textOnly: 'Sorry, we can only read text, not pictures or recordings.',
  askForCode: 'To begin, please text us your registration code.',
  stopOrNot:
    'Should we stop texting you? Reply {{stop}} to get no more messages. To go on, reply anything else.',
  optedOut: 'You are unsubscribed and will get no more messages from us. Text {{start}} to subscribe again.',
  optedIn:
    'You are subscribed again to training by text from {{company}}. Message and data rates may apply. Reply {{help}} for help, {{stop}} to stop.',
  paused: 'Your lessons are paused. Text {{resume}} when you want them back.',
  pausedUnanswered:
    'We have not heard from you for a while, so we paused your lessons. That is fine! Text {{resume}} when you want them back.',
  resumed: 'Welcome back! Your lessons go on.',
};
