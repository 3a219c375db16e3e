import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { Transform } from 'class-transformer';
import { IsBoolean, Matches } from 'class-validator';
import { CURSORS, placeInTime, type Cursors } from '../api/cursors';
import { PageQuery, PageView } from '../api/page-query';
import { messageView, MessageView } from '../api/message-views';
import { e164, e164Message, Optional, toBoolean, withPlus } from '../api/request-rules';
import { Problem } from '../problems/problem';
import { accepted, away, DESK, type Desk } from './answer';
import { AsksTheEngine, HowAsked, type Asking } from './asking';
import { CommandView } from './command-views';
import {
  giveUp,
  missedText,
  missedTexts,
  sendAgain,
  type MissedParts,
  type MissedText,
} from './missed-texts';
import type { TextRuling } from './text-rulings';
import { Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';
import { TakesKey } from '../once/takes-key';

/** The token of the texts that did not go out. */
export const MISSED_TEXTS = Symbol('MISSED_TEXTS');

class MissedTextsQuery extends PageQuery {
  @ApiPropertyOptional({ example: '+12025550143' })
  @Optional()
  @Transform(withPlus)
  @Matches(e164, { message: e164Message })
  phone?: string;

  @ApiPropertyOptional({ example: 'UNDECIDED', description: "Our failure code or the carrier's" })
  @Optional()
  @Matches(/^\w{1,64}$/, { message: 'code must be a failure code such as STALE or 30003' })
  code?: string;

  @ApiPropertyOptional({ description: 'Also those that were sent again or given up' })
  @Optional()
  @Transform(toBoolean)
  @IsBoolean({ message: 'ruled must be true or false' })
  ruled?: boolean;
}

class MissedTextPath {
  @ApiProperty({ description: 'The id of the message' })
  @Matches(/^[\x21-\x7e]{1,256}$/, { message: 'id is not one of a message' })
  readonly id!: string;
}

class RulingView {
  @ApiProperty({ enum: ['sentAgain', 'givenUp'] }) readonly how!: string;
  @ApiProperty() readonly by!: string;
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiPropertyOptional({ description: 'Under which it was sent again' }) readonly commandId?: string;
}

class MissedTextView extends MessageView {
  @ApiPropertyOptional({ type: RulingView, description: 'What a person decided of it' })
  ruling?: RulingView;
}

class MissedTextListView extends PageView {
  @ApiProperty({ type: [MissedTextView] }) readonly items!: readonly MissedTextView[];
}

const rulingView = ({ how, by, at, commandId }: TextRuling): RulingView => ({
  how,
  by,
  at: at.toISOString(),
  ...(commandId === undefined ? {} : { commandId }),
});

const textView = ({ message, ruling }: MissedText): MissedTextView => ({
  ...messageView(message),
  ...(ruling === undefined ? {} : { ruling: rulingView(ruling) }),
});

const notThere = (): never => {
  throw new NotFoundException('No text of this id failed to go out.');
};

/** Texts that did not go out: refused by us, by the carrier, or lost on the way. */
@ApiTags('messages')
@Controller('v1/missed-texts')
export class MissedTextsController {
  constructor(
    @Inject(MISSED_TEXTS) private readonly texts: MissedParts,
    @Inject(DESK) private readonly desk: Desk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @ReadsPersons('missed-texts')
  @ApiOperation({ summary: 'Texts that did not go out, newest first' })
  @Needs('analyst')
  @ApiOkResponse({ type: MissedTextListView, description: 'Newest first; a page may be short and go on' })
  async list(@Query() { limit, cursor, phone, ...others }: MissedTextsQuery): Promise<MissedTextListView> {
    const filter = { ...others, ...(phone === undefined ? {} : { phone: phoneSchema.parse(phone) }) };
    const paging = this.cursors.of({ list: 'missed-texts', filter, placeIn: placeInTime });
    const page = await missedTexts(this.texts, filter, { limit, ...paging.after(cursor) });
    return { items: page.items.map(textView), ...paging.next(page.next) };
  }

  @Get(':id')
  @ReadsPersons('missed-texts')
  @ApiOperation({ summary: 'One text that did not go out' })
  @Needs('analyst')
  @ApiOkResponse({ type: MissedTextView })
  @ApiNotFoundResponse({ description: 'No text of this id failed to go out' })
  async one(@Param() { id }: MissedTextPath): Promise<MissedTextView> {
    const text = await missedText(this.texts, id);
    return text === undefined ? notThere() : textView(text);
  }

  @Post(':id/resend')
  @ApiOperation({ summary: 'Send a text again, once' })
  @Needs('operator')
  @AsksTheEngine({ dryRun: false })
  @ApiNotFoundResponse({ description: 'No text of this id failed to go out' })
  async resend(@Param() { id }: MissedTextPath, @HowAsked() asking: Asking): Promise<CommandView> {
    const parts = { ...this.texts, ...this.desk.parts };
    const answer = await sendAgain(id, asking.caller.name, parts).catch(away);
    return answer.kind === 'notThere' ? notThere() : accepted(answer, asking);
  }

  @Post(':id/give-up')
  @TakesKey()
  @ApiOperation({ summary: 'Put on record that a text is not to be sent again' })
  @Needs('operator')
  @HttpCode(200)
  @ApiOkResponse({ type: RulingView })
  @ApiNotFoundResponse({ description: 'No text of this id failed to go out' })
  @ApiConflictResponse({ description: 'It was sent again before' })
  async giveUp(@Param() { id }: MissedTextPath, @HowAsked() asking: Asking): Promise<RulingView> {
    const parts = { ...this.texts, now: this.desk.parts.now };
    const ruled = await giveUp(id, asking.caller.name, parts);
    switch (ruled.kind) {
      case 'notThere':
        return notThere();
      case 'sentAgain':
        throw new Problem('ruled-before', 'It was sent again before.');
      case 'givenUp':
        return rulingView(ruled.ruling);
    }
  }
}
