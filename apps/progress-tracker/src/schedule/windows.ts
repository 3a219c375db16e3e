import {
  nextOpening,
  type DeliveryHours,
  type Instant,
  type Opening,
  type Place,
  type Span,
} from '@stopcovid/calendar';

/* As many as a delivery holds on the wire. */
const mostWindows = 14;

/** The windows from an opening to a moment, in order; pieces that touch, as at midnight, are one. */
export const windowsFrom = (
  { hours, place }: { readonly hours: DeliveryHours; readonly place: Place },
  first: Opening | null,
  until: Instant,
): readonly Span[] => {
  const windows: Span[] = [];
  let next = first;
  while (next !== null && next.at < until) {
    const { window } = next;
    const last = windows.at(-1);
    if (last?.to === window.from) windows[windows.length - 1] = { from: last.from, to: window.to };
    else if (windows.length === mostWindows) break;
    else windows.push(window);
    next = window.to < until ? nextOpening(hours, place, window.to) : null;
  }
  return windows;
};
