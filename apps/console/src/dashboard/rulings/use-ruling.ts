import { useContext, useEffect, useState } from 'preact/hooks';
import { askApi, fresh, order, SessionContext } from '../ask';
import { callOf, routes, rulingOn } from '../routes';
import { onceFor, stageAfter, stageNow, type Given, type Stage } from './ruling-model';

/** A ruling: how far it is, and how one is given. */
export type RulingDesk = { readonly stage: Stage; readonly rule: (given: Given) => Promise<void> };

/* Each time it is asked again after twice as long, as each answer reads all runs of a drill. */
const firstPauseMs = 700;
const longestPauseMs = 12_000;

/** Gives one ruling after the other, and looks how far it is until all of its replies follow; then calls `onApplied`. */
export const useRuling = (onApplied: () => void): RulingDesk => {
  const session = useContext(SessionContext);
  const [stage, to] = useState<Stage>({ is: 'none' });
  const rule = async (given: Given): Promise<void> => {
    const once = onceFor(stage, given, fresh());
    to({ is: 'asking', given });
    const { group, verdict, reason } = given;
    const body = { verdict, ...(reason !== undefined && { reason }) };
    const answer = await order(rulingOn(group.id, body), session.key, once);
    if (answer.is === 'failed' && answer.failure.status === 401)
      return session.end('The key does not hold any more. Sign in again.');
    to(stageAfter(given, once, answer));
  };
  useApplying(stage, to, onApplied);
  return { stage, rule };
};

const useApplying = (stage: Stage, to: (stage: Stage) => void, onApplied: () => void): void => {
  const { key } = useContext(SessionContext);
  const [pauseMs, pauseFor] = useState(firstPauseMs);
  useEffect(() => {
    if (stage.is === 'done' || stage.is === 'later') onApplied();
    if (stage.is !== 'applying') return pauseFor(firstPauseMs);
    let over = false;
    const look = async (): Promise<void> => {
      const groupId = stage.given.group.id;
      const answer = await askApi(callOf(routes.replyGroup, { groupId }), key);
      if (over) return;
      const next = answer.is === 'here' ? stageNow(stage, answer.body) : { ...stage };
      if (next.is !== 'applying' || pauseMs < longestPauseMs) {
        pauseFor(pauseMs * 2);
        return to(next);
      }
      to({ ...next, is: 'later' });
    };
    const timer = setTimeout(() => void look(), pauseMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [stage]);
};
