import {
  Body,
  ConflictException,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Put,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { Carrier } from '../carrier/carrier';
import { knownErrors } from '../carrier/error-codes';
import type { CarrierSettings, PhoneFaults } from '../carrier/faults';
import { given } from './given';
import { NewFaults, NewSettings, PhoneInPath } from './requests';

/** What goes wrong on purpose: with the whole carrier, and with single phones, whose own faults come first. */
@Controller('emulator/api')
@UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }))
export class SettingsController {
  constructor(@Inject(Carrier) private readonly carrier: Carrier) {}

  @Get('settings')
  settings(): CarrierSettings {
    return this.carrier.faults.settings;
  }

  @Put('settings')
  change(@Body() settings: NewSettings): CarrierSettings {
    this.carrier.change(given(settings));
    return this.carrier.faults.settings;
  }

  /** The codes that are made as Twilio documents them, for the page's list. */
  @Get('errors')
  errors(): typeof knownErrors {
    return knownErrors;
  }

  @Get('phones/:phone/faults')
  faultsOf(@Param() { phone }: PhoneInPath): Partial<PhoneFaults> {
    return this.carrier.faults.ownOf(phone);
  }

  @Put('phones/:phone/faults')
  changePhone(@Param() { phone }: PhoneInPath, @Body() faults: NewFaults): Partial<PhoneFaults> {
    if (!this.carrier.changePhone(phone, given(faults)))
      throw new ConflictException('too many phones have faults of their own: remove some first');
    return this.carrier.faults.ownOf(phone);
  }

  @Delete('phones/:phone/faults')
  @HttpCode(204)
  healPhone(@Param() { phone }: PhoneInPath): void {
    this.carrier.healPhone(phone);
  }
}
