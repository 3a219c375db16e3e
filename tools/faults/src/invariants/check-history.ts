import { silenceIsKept, textsAreSentOnce } from './carrier-checks';
import { chronicleOf } from './chronicle';
import { insideTheWindow, nobodyIsForgotten, nothingUnwanted, oneStartADay } from './clock-checks';
import { deadLettersAreThePoison } from './dead-letter-checks';
import {
  orderIsKept,
  stateIsTheFold,
  sweptInOrder,
  tookEffectOnce,
  topicTellsInOrder,
  versionsAreDense,
} from './dialog-checks';
import { erasuresLeaveNobody } from './erasure-checks';
import { slowDelaysOnlyItsOwn } from './fairness-checks';
import { nothingForgedGotIn } from './forgery-checks';
import type { History, Violation } from './history';
import { rulingsAreOnRecordOnce } from './ruling-checks';
import { projectionsAreTheFold, schedulesAreTheFold } from './projection-checks';

/** Everything that a quiet system broke. I10, that no process died by itself, is for whoever runs the processes. */
export const checkHistory = (history: History): readonly Violation[] => {
  const chronicle = chronicleOf(history.events);
  return [
    ...tookEffectOnce(history, chronicle),
    ...versionsAreDense(chronicle),
    ...stateIsTheFold(history, chronicle),
    ...orderIsKept(history, chronicle),
    ...sweptInOrder(history),
    ...topicTellsInOrder(chronicle),
    ...projectionsAreTheFold(history, chronicle),
    ...schedulesAreTheFold(history, chronicle),
    ...textsAreSentOnce(history, chronicle),
    ...silenceIsKept(history, chronicle),
    ...deadLettersAreThePoison(history),
    ...slowDelaysOnlyItsOwn(history, chronicle),
    ...nothingForgedGotIn(history),
    ...oneStartADay(history, chronicle),
    ...insideTheWindow(history, chronicle),
    ...nothingUnwanted(history, chronicle),
    ...nobodyIsForgotten(history, chronicle),
    ...rulingsAreOnRecordOnce(history, chronicle),
    ...erasuresLeaveNobody(history, chronicle),
  ];
};
