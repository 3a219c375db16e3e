import { randomUUID } from 'node:crypto';
import {
  Body,
  ConflictException,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Sse,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { defer, filter, interval, map, merge, of, takeUntil, last, type Observable } from 'rxjs';
import { Carrier, type Change } from '../carrier/carrier';
import { phoneOf } from '../carrier/message';
import { Crowd } from '../load/crowd';
import { ABOUT, type About } from './about';
import { acceptedView, changeView, messageView, phoneView, wallView } from './phone-view';
import { AfterSequence, NewPhone, NewText, PhoneInPath } from './requests';

type StreamEvent = { readonly type: string; readonly data: object };

const heartbeatMs = 15_000;

/** What the page of phones, and a test without a page, works with. */
@Controller('emulator/api')
@UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }))
export class PhonesController {
  /** Tells a page that stayed open whether it still talks to the same process, or to one that remembers nothing. */
  readonly #instance = randomUUID();

  constructor(
    @Inject(Carrier) private readonly carrier: Carrier,
    @Inject(Crowd) private readonly crowd: Crowd,
    @Inject(ABOUT) private readonly about: About,
  ) {}

  @Get('about')
  describe(): About {
    return this.about;
  }

  @Get('phones')
  list() {
    return wallView(this.carrier).phones;
  }

  @Post('phones')
  create(@Body() wanted: NewPhone) {
    const phone = this.carrier.addPhone({
      ...(wanted.number === undefined ? {} : { address: wanted.number }),
      ...(wanted.name === undefined ? {} : { name: wanted.name }),
    });
    if (!phone) throw new ConflictException('this phone is on the wall already, or the wall is full');
    return phoneView(this.carrier, phone);
  }

  /** Its texts, its faults and the carrier's knowledge of its consent go; what the service knows of it stays. */
  @Delete('phones/:phone/messages')
  @HttpCode(204)
  empty(@Param() { phone }: PhoneInPath): void {
    this.carrier.emptyPhone(phone);
  }

  @Delete('phones/:phone')
  @HttpCode(204)
  remove(@Param() { phone }: PhoneInPath): void {
    this.carrier.removePhone(phone);
  }

  /** The number is in the body, not in the path: paths are logged. */
  @Post('texts')
  text(@Body() { from, text, media }: NewText) {
    return messageView(this.carrier.receive(from, { body: text, media: media ?? [] }));
  }

  /** For a test that counts what was sent: page sizes and dates of the list do not bound it. */
  @Get('accepted')
  accepted(@Query() { after }: AfterSequence) {
    return acceptedView(this.carrier, Number(after ?? 0));
  }

  /** For a test that starts anew, or a long run: phones, settings and consent stay. */
  @Delete('messages')
  @HttpCode(204)
  forget(): void {
    this.carrier.forgetMessages();
  }

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
    const heartbeats = interval(heartbeatMs).pipe(
      map(() => ({ type: 'heartbeat', data: {} })),
      takeUntil(closed),
    );
    return merge(wall, changes, load, heartbeats);
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
