import { Controller, Get, Header, Inject, NotFoundException, Param, Res, UseGuards } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Open } from '@stopcovid/runtime';
import { Matches } from 'class-validator';
import { Problem } from '../problems/problem';
import { AllowStrangers } from './allow-strangers';
import { credentialOf, statusListOf } from './credential';
import { statusOf, type CompletionRecord } from './record';
import { openDesk, RECORD_DESK, type RecordDesk } from './record-desk';
import { pageHeaders, recordPage } from './record-page';
import { RecordPath } from './record-views';
import { holderOf, shownName } from './shown-name';
import type { PublicKey } from './signing';

type Reply = {
  headers(headers: Readonly<Record<string, string>>): Reply;
  type(contentType: string): Reply;
};

class KeyPath {
  @ApiProperty({ description: 'Its thumbprint' })
  @Matches(/^[\w-]{43}$/, { message: 'kid is not one of a key' })
  readonly kid!: string;
}

const none = (what: string): never => {
  throw new NotFoundException(`There is no ${what} of this id.`);
};

/** What anybody may see of records, without a key: short ids, a bound on how often, one look-up each. */
@ApiTags('completion records')
@UseGuards(AllowStrangers)
@Controller()
export class PublicRecordsController {
  constructor(@Inject(RECORD_DESK) private readonly desk: RecordDesk) {}

  @Get('records/:id')
  @ApiOperation({ summary: 'The page that says whether a record is valid' })
  @Open()
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'Also of one that was withdrawn, which says so' })
  @ApiNotFoundResponse({ description: 'There is none of this id, or records are not switched on' })
  async page(@Param() { id }: RecordPath, @Res({ passthrough: true }) reply: Reply): Promise<string> {
    const { issuer, store, voiceOf } = openDesk(this.desk);
    const record = await this.#one(id);
    reply.headers(pageHeaders).type('text/html; charset=utf-8');
    const holder = statusOf(record) === 'valid' ? holderOf(await store.trainee(record.phone)) : undefined;
    return recordPage(record, { issuer, holder, voice: voiceOf(record) });
  }

  @Get('records/:id.jwt')
  @ApiOperation({ summary: 'A record as an Open Badges 3.0 credential (VC-JWT)' })
  @Open()
  @Header('Content-Type', 'application/vc+jwt')
  @Header('Cache-Control', 'no-cache')
  @ApiOkResponse({ description: 'Signed; the address in `kid` has the key' })
  @ApiNotFoundResponse({ description: 'There is none of this id, or records are not switched on' })
  async credential(@Param() { id }: RecordPath): Promise<string> {
    const { issuer, signer, store, voiceOf } = openDesk(this.desk);
    const record = await this.#one(id);
    if (statusOf(record) !== 'valid') throw new Problem('withdrawn', 'This record was withdrawn.');
    const name = shownName(await store.trainee(record.phone));
    return signer.sign(credentialOf(issuer, record, { name, voice: voiceOf(record) }));
  }

  @Get('records/:id/status')
  @ApiOperation({ summary: 'Whether a record was withdrawn, as verifiers ask (1EdTechRevocationList)' })
  @Open()
  @Header('Cache-Control', 'no-cache')
  @ApiOkResponse({ description: 'The list of what was withdrawn: empty while the record is valid' })
  @ApiNotFoundResponse({ description: 'There is none of this id, or records are not switched on' })
  async status(@Param() { id }: RecordPath): Promise<object> {
    const { issuer } = openDesk(this.desk);
    const record = await this.#one(id);
    return statusListOf(issuer, record, statusOf(record) === 'valid');
  }

  @Get('records/keys/:kid')
  @ApiOperation({ summary: 'One of the keys by which records are verified' })
  @Open()
  @Header('Cache-Control', 'public, max-age=3600')
  @ApiOkResponse({ description: 'As a JWK' })
  @ApiNotFoundResponse({ description: 'There is none of this id, or records are not switched on' })
  key(@Param() { kid }: KeyPath): PublicKey {
    const { signer } = openDesk(this.desk);
    return signer.keys.find((key) => key.kid.endsWith(`/${kid}`)) ?? none('key');
  }

  @Get('.well-known/jwks.json')
  @ApiOperation({ summary: 'The keys by which records are verified' })
  @Open()
  @Header('Cache-Control', 'public, max-age=3600')
  @ApiOkResponse({ description: 'A key set (RFC 7517), those that signed before among them' })
  @ApiNotFoundResponse({ description: 'Records are not switched on' })
  keys(): { readonly keys: readonly PublicKey[] } {
    return { keys: openDesk(this.desk).signer.keys };
  }

  async #one(id: string): Promise<CompletionRecord> {
    return (await openDesk(this.desk).records.one(id)) ?? none('record');
  }
}
