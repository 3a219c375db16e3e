import type { FastifyReply } from 'fastify';
import { unreachable } from '@stopcovid/runtime';
import type { Garbage } from '../carrier/faults';
import { refusals, type Refusal } from '../carrier/refusals';
import { refusalJson } from './twilio-json';

/** An answer as it would be in good health. */
export type Answer = { readonly status: number; readonly json: object };

const html =
  '<!doctype html><html><head><title>Sorry</title></head><body><h1>Be right back</h1></body></html>';

/** Sends an answer, or the garbage that comes in its place. */
export const sendAnswer = (reply: FastifyReply, answer: Answer, garbage: Garbage): void => {
  switch (garbage) {
    case 'none':
      void reply.status(answer.status).send(answer.json);
      break;
    case 'html':
      void reply.status(200).type('text/html; charset=utf-8').send(html);
      break;
    case 'truncated': {
      const text = JSON.stringify(answer.json);
      const half = text.slice(0, Math.ceil(text.length / 2));
      void reply.status(answer.status).type('application/json; charset=utf-8').send(half);
      break;
    }
    case 'errorIn200':
      void reply.status(200).send(refusalJson(refusals.internal()));
      break;
    default:
      unreachable(garbage);
  }
};

/** Sends a refusal; under the fault that hides errors its status says that all is well. */
export const sendRefusal = (reply: FastifyReply, refusal: Refusal, garbage: Garbage): void => {
  const json = refusalJson(refusal);
  sendAnswer(reply, { status: garbage === 'errorIn200' ? 200 : refusal.httpStatus, json }, 'none');
};
