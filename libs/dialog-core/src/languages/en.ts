import type { LanguageWords } from './language-words';

const us = '(?: (?:to )?(?:me|us|this (?:number|phone)|here))';

const texts = '(?:(?:text |sms )?(?:messages?|msgs?)|texts?|sms)';

const ours = '(?: (?:these|those|the|your|any|all|all these|all your|any more|more))?';

/* Repeated words must be readable in one way only: of two ways, n repeats make 2^n, and one text holds up the engine. */
const end =
  '(?: (?:now|please|pls|plz|again|any ?more|ever|already|thanks|thank you|wrong (?:number|person)))*$';

/** Orders; said of somebody else, or denied, they are none. */
const orders = [
  `(?:stop|quit) (?:texting|txting|messaging|contacting|writing|bothering|spamming)${us}?${end}`,
  `(?:stop|quit) sending${us}?${ours} ${texts}${end}`,
  `(?:stop|quit) sending${us}? (?:this|these|those|stuff|things)${end}`,
  `(?:do not|don t|dont|never) (?:text|message|contact|write|bother|spam)${us}${end}`,
  `(?:do not|don t|dont|never) send${us}${ours} ${texts}${end}`,
  `(?:stop|cancel|end)${ours} ${texts}${end}`,
  `no more ${texts}${end}`,
];

/** Wishes, and orders that can mean us alone. */
const wishes = [
  `(?:want|wanna|like|need|wish) to (?:unsubscribe|opt out|stop(?: (?:getting|receiving))?${ours} ${texts})${end}`,
  `(?:do not|don t|dont) want(?: (?:to get|to receive|you to send me))?${ours} ${texts}${end}`,
  `(?:take|remove|delete) (?:me|my (?:phone )?number) (?:off|from) (?:this|the|your) (?:list|texts|messages|system)${end}`,
  `(?:remove|delete) (?:me|my (?:phone )?number)${end}`,
  `(?:unsubscribe me|opt me out|leave me alone)${end}`,
];

/** "I can't stop texting", "they stop texting": nobody is asked to stop. */
const turned =
  '(?<!(?:^| )(?:can t|cant|cannot|won t|wont|not|never|didn t|don t|dont|to|i|we|they|he|she) )';

/** "I don't want to unsubscribe". */
const denied = '(?<!(?:^| )(?:not|don t|dont|never) )';

/** English. Its opt-out words are the carrier's default list: had the engine fewer, it would keep sending into its refusals. */
export const en: LanguageWords = {
  keywords: {
    optOut: [
      'stop',
      'stopall',
      'stop all',
      'unsubscribe',
      'end',
      'quit',
      'cancel',
      'revoke',
      'optout',
      'opt out',
      'remove',
      'please stop',
      'stop please',
    ],
    optIn: ['start', 'yes', 'unstop', 'go', 'resume', 'optin', 'opt in', 'subscribe'],
    help: ['help'],
    menu: ['menu'],
    support: ['support'],
    info: ['info', 'information', 'dashboard'],
    demo: ['demo'],
    start: ['go', 'next', 'start', 'begin'],
    next: ['more'],
    thanks: ['thank', 'thanks', 'thankyou', 'thx'],
  },
  drills: {
    'english-lesson': ['english', 'esl'],
    'change-schedule': ['schedule'],
    'change-name': ['name'],
    'change-language': ['lang', 'language'],
  },
  yes: ['yes', 'y', 'yeah'],
  stopping: {
    words: [
      '(?:stop|quit)(?: (?:it|this|that|sending|texting|messaging))?',
      'unsubscribe',
      'opt out',
      'cancel',
    ],
    courtesy: [
      'please',
      'pls',
      'plz',
      'kindly',
      'just',
      'now',
      'right now',
      'already',
      'ok',
      'okay',
      'hi',
      'hello',
      'hey',
      'sorry',
      'thanks',
      'thank you',
      'thx',
      'can you',
      'could you',
      'would you',
      'wrong number',
      'wrong person',
    ],
    sentences: [`${turned}(?:${orders.join('|')})`, `${denied}(?:${wishes.join('|')})`],
  },
};
