import { sum } from '../kit/numbers';
import { hardOpenForMs, type Options } from './options';
import { measured } from './sizing/measured';

const fast = 1_000;
/* What the plan needs is that all drills are done before the window closes. */
const shareOfNeeded = 1 / 3;

const textsOutOfDrill = (): number => {
  const days = measured.map(({ figures }) => figures);
  return sum(days.map(({ textsOut }) => textsOut)) / sum(days.map(({ drillsStarted }) => drillsStarted));
};

/** The rate of the carrier, in texts a second: the hard one has a third of what the plan needs. */
export const carrierRate = ({ crowd, trainees }: Pick<Options, 'crowd' | 'trainees'>): number => {
  if (crowd === 'usual') return fast;
  const needed = (trainees * textsOutOfDrill() * 1_000) / hardOpenForMs;
  return Math.max(1, Math.ceil(needed * shareOfNeeded));
};
