import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import type { ConsentLedger } from '../consent/consent-ledger';
import { ConsentView, consentView } from './consent-views';
import { TraineePath } from './trainee-requests';
import { Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';

/** The token of the consent ledger. */
export const CONSENT_LEDGER = Symbol('CONSENT_LEDGER');

@ApiTags('trainees')
@Controller('v1/trainees')
export class ConsentController {
  constructor(@Inject(CONSENT_LEDGER) private readonly ledger: ConsentLedger) {}

  @Get(':phone/consent')
  @ReadsPersons('consent')
  @ApiOperation({ summary: 'Every opt-in and opt-out of a phone' })
  @Needs('analyst')
  @ApiOkResponse({ type: ConsentView, description: 'Empty for a phone that never opted in or out' })
  async consent(@Param() { phone }: TraineePath): Promise<ConsentView> {
    const key = phoneSchema.parse(phone);
    return consentView(key, await this.ledger.of(key));
  }
}
