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
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { Carrier } from '../carrier/carrier';
import { ABOUT, type About } from './about';
import { messageView, phoneView, wallView } from './phone-view';
import { AfterSequence, NewPhone, NewText, PhoneInPath } from './requests';
import { acceptedView, writtenView, type PageOfTexts } from './text-pages';

const pageOf = ({ after, limit }: AfterSequence): PageOfTexts => ({
  after: Number(after ?? 0),
  limit: Number(limit ?? Infinity),
});

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
  accepted(@Query() query: AfterSequence) {
    return acceptedView(this.carrier, pageOf(query));
  }

  /** For a test that measures how long each of them waited: the list tells seconds alone. */
  @Get('written')
  written(@Query() query: AfterSequence) {
    return writtenView(this.carrier, pageOf(query));
  }

  /** For a test that starts anew, or a long run: phones, settings and consent stay. */
  @Delete('messages')
  @HttpCode(204)
  forget(): void {
    this.carrier.forgetMessages();
  }
}
