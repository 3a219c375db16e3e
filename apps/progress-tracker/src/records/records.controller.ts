import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { Asker, type Caller } from '@stopcovid/runtime';
import { CURSORS, placeInTime, type Cursors } from '../api/cursors';
import { given } from '../given';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';
import { TakesKey } from '../once/takes-key';
import type { CompletionRecord } from './record';
import { openDesk, RECORD_DESK, type RecordDesk } from './record-desk';
import {
  RecordListView,
  RecordPath,
  RecordsQuery,
  recordView,
  RecordView,
  WithdrawalBody,
} from './record-views';

const there = (found: CompletionRecord | undefined): CompletionRecord => {
  if (found === undefined) throw new NotFoundException('There is no record of this id.');
  return found;
};

/** Records of courses passed, for whoever has a key. */
@ApiTags('completion records')
@Controller('v1/records')
export class RecordsController {
  constructor(
    @Inject(RECORD_DESK) private readonly desk: RecordDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @ReadsPersons('records')
  @ApiOperation({ summary: 'Records of courses passed, the latest first' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: RecordListView })
  @ApiNotFoundResponse({ description: 'Records are not switched on' })
  async list(
    @Query() { limit, cursor, phone, ...asked }: RecordsQuery,
    @Asker() { employers }: Caller,
  ): Promise<RecordListView> {
    const { records, issuer } = openDesk(this.desk);
    const filter = given({ ...asked, phone: phone === undefined ? undefined : phoneSchema.parse(phone) });
    const paging = this.cursors.of({ list: 'records', filter, placeIn: placeInTime });
    const found = await records.list(
      { ...filter, ...given({ employers }) },
      { limit: limit + 1, ...paging.after(cursor) },
    );
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map((record) => recordView(issuer, record)),
      ...paging.next(last && { at: last.passedAt, id: last.id }),
    };
  }

  @Get(':id')
  @ReadsPersons('records')
  @ApiOperation({ summary: 'One record' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: RecordView })
  @ApiNotFoundResponse({ description: 'There is none of this id, or records are not switched on' })
  async one(@Param() { id }: RecordPath, @Asker() { employers }: Caller): Promise<RecordView> {
    const { records, issuer } = openDesk(this.desk);
    return recordView(issuer, there(await records.one(id, employers)));
  }

  @Post(':id/withdraw')
  @ReadsPersons('records')
  @TakesKey()
  @ApiOperation({ summary: 'Withdraw a record for good' })
  @Needs('operator', limited)
  @HttpCode(200)
  @ApiOkResponse({ type: RecordView, description: 'Who was first, and why, stays on record' })
  @ApiNotFoundResponse({ description: 'There is none of this id, or records are not switched on' })
  async withdraw(
    @Param() { id }: RecordPath,
    @Body() { reason }: WithdrawalBody,
    @Asker() { name: by, employers }: Caller,
  ): Promise<RecordView> {
    const { records, issuer, now } = openDesk(this.desk);
    return recordView(issuer, there(await records.withdraw(id, { at: now(), by, reason }, employers)));
  }
}
