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
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { Asker, type Caller } from '@stopcovid/runtime';
import { CURSORS, placeInTime, type Cursors } from '../api/cursors';
import { PageQuery } from '../api/page-query';
import { given } from '../given';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';
import { Problem } from '../problems/problem';
import { TakesKey } from '../once/takes-key';
import type { CompletionRecord } from './record';
import { openDesk, RECORD_DESK, type RecordDesk } from './record-desk';
import {
  MadeRecordView,
  MakeRecordBody,
  MissingRecordsView,
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

  @Get('missing')
  @ReadsPersons('missing-records')
  @ApiOperation({ summary: 'Who passed the course and has no record, in pages of trainees' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: MissingRecordsView, description: 'A page may be empty and still have a next one' })
  @ApiNotFoundResponse({ description: 'Records are not switched on' })
  async missing(
    @Query() { limit, cursor }: PageQuery,
    @Asker() { employers }: Caller,
  ): Promise<MissingRecordsView> {
    const { store, standingOf } = openDesk(this.desk);
    const paging = this.cursors.of({
      list: 'missing-records',
      filter: {},
      placeIn: (json) => phoneSchema.parse(json),
    });
    const page = await store.trainees(given({ employers }), { ...paging.after(cursor), limit });
    const items: MissingRecordsView['items'][number][] = [];
    for (const progress of page.items) {
      const { kind } = await standingOf(progress, employers);
      const { phone, trainee } = progress;
      if (kind === 'passed') items.push({ phone, ...given({ employerId: trainee.account.employerId }) });
    }
    return { items, looked: page.items.length, ...paging.next(page.next) };
  }

  @Post()
  @ReadsPersons('records')
  @TakesKey()
  @ApiOperation({ summary: 'Make the record of somebody who passed before records were switched on' })
  @Needs('operator', limited)
  @HttpCode(200)
  @ApiOkResponse({
    type: MadeRecordView,
    description: 'There is one per trainee and course: asked again it is the same',
  })
  @ApiNotFoundResponse({ description: 'Nobody is known by this phone, or records are not switched on' })
  @ApiConflictResponse({ description: 'They have not passed' })
  async make(
    @Body() { phone: asked, tellAgain }: MakeRecordBody,
    @Asker() { employers }: Caller,
  ): Promise<MadeRecordView> {
    const { store, make, issuer, now } = openDesk(this.desk);
    const phone = phoneSchema.parse(asked);
    const progress = await store.trainee(phone, employers);
    if (progress === undefined) throw new NotFoundException('There is no trainee of this phone.');
    const standing = await make(progress, { employers, tellAgain: tellAgain === true ? now() : undefined });
    if (standing.kind === 'notPassed')
      throw new Problem('hindered', 'This trainee has not passed the course: no record is made.');
    return { ...recordView(issuer, standing.record), made: standing.kind === 'passed' };
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
