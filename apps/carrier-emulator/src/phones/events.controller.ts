import { randomUUID } from 'node:crypto';
import { Controller, Inject, Sse } from '@nestjs/common';
import { defer, filter, interval, last, map, merge, of, takeUntil, type Observable } from 'rxjs';
import { Carrier, type Change } from '../carrier/carrier';
import { phoneOf } from '../carrier/message';
import { Crowd } from '../load/crowd';
import { TRAINEES_TOLD, type TraineesTold } from '../trainees/watch-trainees';
import { changeView, wallView } from './phone-view';

type StreamEvent = { readonly type: string; readonly data: object };

const heartbeatMs = 15_000;

/** What the page of phones listens to. */
@Controller('emulator/api')
export class EventsController {
  /** Tells a page that stayed open whether it still talks to the same process, or to one that remembers nothing. */
  readonly #instance = randomUUID();

  constructor(
    @Inject(Carrier) private readonly carrier: Carrier,
    @Inject(Crowd) private readonly crowd: Crowd,
    @Inject(TRAINEES_TOLD) private readonly told: Observable<TraineesTold>,
  ) {}

  /** The whole wall first, then every change: a page that reconnects has missed nothing. */
  @Sse('events')
  watch(): Observable<StreamEvent> {
    const wall = defer(() =>
      of({
        type: 'wall',
        data: { instance: this.#instance, ...wallView(this.carrier), load: this.crowd.progress() },
      }),
    );
    const load = this.crowd.changes.pipe(map((progress) => ({ type: 'load', data: progress })));
    const changes = this.carrier.changes.pipe(
      filter((change) => this.#isOnWall(change)),
      map((change) => changeView(this.carrier, change)),
    );
    const closed = this.carrier.changes.pipe(last(undefined, null));
    const heartbeats = interval(heartbeatMs).pipe(map(() => ({ type: 'heartbeat', data: {} })));
    const trainees = this.told.pipe(map((told) => ({ type: 'trainees', data: told })));
    return merge(wall, changes, load, merge(heartbeats, trainees).pipe(takeUntil(closed)));
  }

  /** Thousands of phones may be texting; the page draws those on its wall, with the texts that are remembered. */
  #isOnWall(change: Change): boolean {
    if (change.type === 'refusal') return this.carrier.isOnWall(change.request.to ?? '');
    if (change.type !== 'message') return true;
    // What a phone was emptied of must not come back with its next status.
    const { message } = change;
    return this.carrier.isOnWall(phoneOf(message)) && this.carrier.messages.get(message.sid) !== undefined;
  }
}
