import {
  nextInside,
  spanAt,
  type DeliveryHours,
  type Instant,
  type Place,
  type Span,
} from '@stopcovid/calendar';

/* As many as a delivery holds on the wire. */
const mostWindows = 14;

/** The windows from one moment to another, in order; pieces that touch, as at midnight, are one. */
export const windowsBetween = (
  { hours, place }: { readonly hours: DeliveryHours; readonly place: Place },
  from: Instant,
  until: Instant,
): readonly Span[] => {
  const windows: Span[] = [];
  let at = nextInside(hours, place, from);
  while (at !== null && at < until) {
    const piece = spanAt(hours, place, at) ?? { from: at, to: until };
    const last = windows.at(-1);
    if (last?.to === piece.from) windows[windows.length - 1] = { from: last.from, to: piece.to };
    else if (windows.length === mostWindows) break;
    else windows.push(piece);
    at = nextInside(hours, place, piece.to);
  }
  return windows;
};
