import type { Stopping } from './language-words';

/** How people ask us to stop in English. */
export const enStopping: Stopping = {
  stop: 'stop, stop with, quit, quit with, cease and desist, cease, halt, discontinue, unsubscribe, opt out, opt out of, cancel, stop all',
  end: 'end, terminate',
  deny: 'do not, don t, dont, never, not, no longer, do not ever, don t ever, dont ever, don t you',
  noMore: 'no more, no more of, no further, enough, enough of, enough with',
  send: 'text, texting, txt, txting, message, messaging, msg, contact, contacting, write, writing, write to, writing to, send, sending, call, calling, bother, bothering, spam, spamming, harass, harassing, notify, notifying, remind, reminding, reply, sms, ping, hit me up',
  get: 'get, getting, receive, receiving, have, having, be, being, see, seeing, you to send me, you sending me, hear from, hear, be on, be in, be a part of, be part of',
  remove: 'remove, delete, drop, erase, scratch, unlist, take off, remove off',
  take: 'take, get, pull',
  off: 'off, out, off of, from, off from, out of',
  texts:
    'your records, communication, communications, text, texts, txt, txts, message, messages, msg, msgs, text message, text messages, sms, reminder, reminders, text reminders, notification, notifications, alert, alerts, update, updates, service, services, subscription, program, programme, list, lists, mailing list, texting list, contact list, contacts, database, system, spam, crap, junk, nonsense, bs, shit, training, trainings, lesson, lessons, drill, drills, quiz, quizzes, daily texts, number, from you',
  me: 'me, us, my number, my phone, my cell, my phone number, my cell number, this number, this phone, this phone number, my name, my info, my information, my contact, my contact info, my contact information, here, to me, to us, to my phone, to my number, to this number',
  thing: 'else, nothing, it, this, that, these, those, them, stuff, things, anything, everything, all',
  want: 'want, wanna, would like, d like, need, wish, want to, wanna, like to, would like to, d like to, need to, wish to, care to, am asking to, am asking you to, am trying to, m trying to, have to, going to',
  self: 'i, we, id, im, i m, i am',
  lead: 'can someone, could someone, can somebody, could somebody, please, pls, plz, kindly, can you, could you, would you, will you, can u, could u, would u, will u, i ask you to, i m asking you to, i am asking you to, we ask you to, how do i, how can i, is there a way to, is there any way to, any way to, how would i, how to, how do you, told you to, asked you to, i have asked you to, i ve asked you to, i have told you to, i ve told you to, you need to, you must, you have to, you should, i want you to, i need you to, i asked you to, i told you to, i asked to, i said, i repeat, i say, asking you to, i would like you to, i d like you to, for the last time, once again, again, hey, hi, hello, ok, okay, so, just, and',
  reason:
    'not interested, no longer interested, because, cause, cuz, since, as, this is, it s, its, you, at, on, or, before, for, who',
  takeMe:
    'unsubscribe me, opt me out, sign me out, cut me off, take me off, remove me off, remove me from, take me out of, leave me out of',
  beTaken:
    'to be removed, be removed, been removed, to be taken off, be taken off, been taken off, to be unsubscribed, be unsubscribed, been unsubscribed, to be opted out, be opted out, to be deleted, be deleted, to be left alone',
  whole:
    'stop or i, stop or we, stop or else, leave me alone, leave us alone, leave my phone alone, leave my number alone, lose my number, lose this number, forget my number, forget this number, go away, get lost, fuck off, f off, piss off, buzz off, back off, let me go, i want out, count me out, i opt out, i am done with this, i m done with this, im done with this, i am opting out, delete my number, remove my number, knock it off, cut it out, give it a rest',
  filler:
    'nicely, politely, now, any longer, no longer, right now, immediately, at once, again, any more, anymore, ever, ever again, already, thanks, thank you, thx, ty, the, your, you, any, more, to, from, these, those, this, all, all of, all these, all the, all your, so many, too many, further, really, please, pls, plz, sir, maam, ma am, guys, people, no, yes, wrong number, wrong person, wrong phone, sorry, it, damn, fucking, freaking, stupid, annoying, today, for good, forever, period, at all, asap, completely, permanently, bye, goodbye, good day, seriously, for me, kind, unwanted, automated, service, any more of, any of, my, our',
};
