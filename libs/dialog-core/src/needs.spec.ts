import {
  branching,
  command,
  demoRegistered,
  given,
  handwashing,
  keywords,
  optedOut,
  registered,
  started,
  unemployed,
  type Order,
  type Talk,
} from './dialog.testkit';
import type { Needs } from './facts';
import { needs } from './needs';

const ask = (talk: Talk, order: Order) => needs(talk.state, command(order), keywords);
const open = { drill: { revision: handwashing.hash } };

type Case = readonly [what: string, talk: Talk, order: Order, expected: Needs];
const cases: readonly Case[] = [
  ['a code from an unknown phone', given(), 'acme', { registration: 'ACME' }],
  ['a keyword from an unknown phone', given(), 'START', {}],
  ['an opt-in word from an unknown phone', given(), 'unstop', {}],
  ['a keyword from a person without an employer', given(unemployed), 'more', {}],
  ['words from an unknown phone', given(), 'hello there', {}],
  ['a word from a registered phone', given(registered), 'acme', {}],
  ['a code from a person without an employer', given(unemployed), 'acme', { registration: 'ACME' }],
  ['an answer', given(registered, started), 'b', open],
  ['an answer of a person without an employer', given(unemployed, started), 'acme', open],
  ['a demo person’s answer', given(demoRegistered, started), 'acme', { ...open, registration: 'ACME' }],
  ['a keyword during a question', given(demoRegistered, started), 'menu', open],
  ['an opt-out during a question', given(registered, started), 'STOP', {}],
  [
    'an opt-in after an opt-out during a question',
    given(registered, started, optedOut),
    'START',
    { repeats: [{ revision: handwashing.hash }] },
  ],
  ['another text after it', given(registered, started, optedOut), 'b', {}],
  ['an opt-in without anything to go on with', given(registered, optedOut), 'START', {}],
  ['a text from who opted out', given(optedOut), 'acme', {}],
  [
    'a drill by name',
    given(),
    { type: 'StartDrill', drill: 'branching', reason: 'operator' },
    { drill: { current: branching.content.slug } },
  ],
  [
    'a drill by revision',
    given(),
    { type: 'StartDrill', drill: 'branching', revision: branching.hash, reason: 'operator' },
    { drill: { revision: branching.hash } },
  ],
  [
    'a drill that travels along',
    given(),
    { type: 'StartDrill', drill: 'branching', content: branching.content, reason: 'operator' },
    {},
  ],
  [
    'a drill for who opted out',
    given(optedOut),
    { type: 'StartDrill', drill: 'branching', reason: 'operator' },
    {},
  ],
  [
    'a run that is in progress already',
    given(registered, started),
    { type: 'StartDrill', drill: 'branching', runId: 'run-0', reason: 'operator' },
    {},
  ],
  ['a stale reminder', given(registered), { type: 'RemindTrainee', runId: 'run-0', prompt: 'how-long' }, {}],
  [
    'a reminder',
    given(registered, started),
    { type: 'RemindTrainee', runId: 'run-0', prompt: 'how-long' },
    open,
  ],
  ['an enrolment', given(), { type: 'EnrolTrainee', code: 'acme', source: 's' }, { registration: 'ACME' }],
  [
    'an enrolment of who is settled',
    given(registered),
    { type: 'EnrolTrainee', code: 'acme', source: 's' },
    {},
  ],
  ['an update', given(registered, started), { type: 'UpdateTrainee', abandonDrill: true }, {}],
  ['a message', given(registered, started), { type: 'SendMessage', text: 'x' }, {}],
  ['an opt-out by the carrier', given(registered, started), { type: 'OptOutTrainee', source: 'carrier' }, {}],
];

describe('what must be fetched before deciding', () => {
  it.each(cases)('for %s', (...[, talk, order, expected]) => expect(ask(talk, order)).toEqual(expected));
});
