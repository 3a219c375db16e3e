import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { ApiKeyGuard } from '@stopcovid/runtime';
import type { ConsentLedger } from '../consent/consent-ledger';
import { ConsentView, consentView } from './consent-views';
import { TraineePath } from './trainee-requests';

/** The token of the consent ledger. */
export const CONSENT_LEDGER = Symbol('CONSENT_LEDGER');

@ApiTags('trainees')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'The API key is missing or unknown' })
@ApiBadRequestResponse({ description: 'The request says which field is wrong, and why' })
@UseGuards(ApiKeyGuard)
@Controller('v1/trainees')
export class ConsentController {
  constructor(@Inject(CONSENT_LEDGER) private readonly ledger: ConsentLedger) {}

  @Get(':phone/consent')
  @ApiOkResponse({ type: ConsentView, description: 'Empty for a phone that never opted in or out' })
  async consent(@Param() { phone }: TraineePath): Promise<ConsentView> {
    const key = phoneSchema.parse(phone);
    return consentView(key, await this.ledger.of(key));
  }
}
