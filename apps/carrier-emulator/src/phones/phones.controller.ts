import {
  Body,
  ConflictException,
  Controller,
  Get,
  Inject,
  Post,
  Put,
  Sse,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { defer, interval, map, merge, of, takeUntil, last, type Observable } from 'rxjs';
import { Carrier } from '../carrier/carrier';
import { acceptedView, changeView, messageView, phoneView, wallView } from './phone-view';
import { NewPhone, NewSettings, NewText } from './requests';

/** What the page says of itself. */
export type About = {
  readonly number: string;
  readonly hintCodes: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
};

export const ABOUT = Symbol('ABOUT');

type StreamEvent = { readonly type: string; readonly data: object };

const heartbeatMs = 15_000;

/** What the page of phones, and a test without a page, works with. */
@Controller('emulator/api')
@UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }))
export class PhonesController {
  constructor(
    @Inject(Carrier) private readonly carrier: Carrier,
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

  /** The number is in the body, not in the path: paths are logged. */
  @Post('texts')
  text(@Body() { from, text }: NewText) {
    return messageView(this.carrier.receive(from, text));
  }

  /** For a test that counts what was sent: page sizes and dates of the list do not bound it. */
  @Get('accepted')
  accepted() {
    return acceptedView(this.carrier);
  }

  @Get('settings')
  settings() {
    return this.carrier.settings;
  }

  @Put('settings')
  change(@Body() settings: NewSettings) {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    this.carrier.change(Object.fromEntries(given));
    return this.carrier.settings;
  }

  /** The whole wall first, then every change: a page that reconnects has missed nothing. */
  @Sse('events')
  watch(): Observable<StreamEvent> {
    const wall = defer(() => of({ type: 'wall', data: wallView(this.carrier) }));
    const changes = this.carrier.changes.pipe(map((change) => changeView(this.carrier, change)));
    const closed = this.carrier.changes.pipe(last(undefined, null));
    const heartbeats = interval(heartbeatMs).pipe(
      map(() => ({ type: 'heartbeat', data: {} })),
      takeUntil(closed),
    );
    return merge(wall, changes, heartbeats);
  }
}
