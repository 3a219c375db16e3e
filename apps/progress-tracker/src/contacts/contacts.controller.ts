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
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { CURSORS, placeInTime, type Cursors } from '../api/cursors';
import { PageQuery, PageView } from '../api/page-query';
import { Optional, toBoolean } from '../api/request-rules';
import { given } from '../given';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';
import { TakesKey } from '../once/takes-key';
import type { ContactAnswer } from './contact-answers';
import { contactKinds, idOfContact, type ContactKind } from './contact-request';
import { answerContact, contacts, type Contact, type ContactParts } from './contacts';

/** What the routes of requests to be contacted need. */
export type ContactDesk = ContactParts & { readonly now: () => Date };
/** Its token. */
export const CONTACT_DESK = Symbol('CONTACT_DESK');

class ContactsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: contactKinds })
  @Optional()
  @IsIn(contactKinds, { message: `kind takes ${contactKinds.join(' or ')}` })
  kind?: ContactKind;

  @ApiPropertyOptional({ description: 'Of people who were with this employer when they asked' })
  @Optional()
  @IsString()
  @Length(1, 128)
  employerId?: string;

  @ApiPropertyOptional({ description: 'Also those that somebody has seen to' })
  @Optional()
  @Transform(toBoolean)
  @IsBoolean({ message: 'answered must be true or false' })
  answered?: boolean;
}

class ContactPath {
  @ApiProperty({ description: 'The `id` that the list gives', example: '+12025550143:7:0' })
  @Matches(/^\+\d{7,15}:\d{1,9}:\d{1,4}$/, { message: 'id is not one of a request' })
  readonly id!: string;
}

class AnswerBody {
  @ApiPropertyOptional({ description: 'What came of it', maxLength: 1_000 })
  @Optional()
  @IsString()
  @Length(1, 1_000)
  readonly note?: string;
}

class ContactAnswerView {
  @ApiProperty({ description: 'Whose key it was' }) readonly by!: string;
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiPropertyOptional() readonly note?: string;
}

class ContactView {
  @ApiProperty({ example: '+12025550143:7:0' }) readonly id!: string;
  @ApiProperty({ enum: contactKinds, description: 'Wants an answer, or to be shown what we do' })
  readonly kind!: string;
  @ApiProperty() readonly phone!: string;
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiPropertyOptional({ description: 'As they were when they asked' }) readonly employerId?: string;
  @ApiPropertyOptional() readonly name?: string;
  @ApiPropertyOptional({ example: 'es' }) readonly language?: string;
  @ApiPropertyOptional({ description: 'The question that was open' }) readonly prompt?: string;
  @ApiPropertyOptional({ description: 'What they wrote, of a demo' }) readonly word?: string;
  @ApiPropertyOptional({ type: ContactAnswerView, description: 'Who has seen to it' })
  readonly answer?: ContactAnswerView;
}

class ContactListView extends PageView {
  @ApiProperty({ type: [ContactView] }) readonly items!: readonly ContactView[];
}

const answerView = ({ by, at, note }: ContactAnswer): ContactAnswerView => ({
  by,
  at: at.toISOString(),
  ...given({ note }),
});

const viewOf = ({ request, answer }: Contact): ContactView => {
  const { kind, phone, at, employerId, name, language, prompt, word } = request;
  return {
    ...{ id: idOfContact(request), kind, phone, at: at.toISOString() },
    ...given({ employerId, name, language, prompt, word }),
    ...(answer === undefined ? {} : { answer: answerView(answer) }),
  };
};

/** Who texted SUPPORT or asked for a demonstration: a person is to get in touch with them. */
@ApiTags('contact requests')
@Controller('v1/contact-requests')
export class ContactsController {
  constructor(
    @Inject(CONTACT_DESK) private readonly desk: ContactDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @ReadsPersons('contact-requests')
  @ApiOperation({ summary: 'Who asked to hear from a person, the longest wait first' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: ContactListView, description: 'A page may be short and go on' })
  async list(
    @Query() { limit, cursor, ...asked }: ContactsQuery,
    @Asker() { employers }: Caller,
  ): Promise<ContactListView> {
    const filter = given(asked);
    const paging = this.cursors.of({ list: 'contact-requests', filter, placeIn: placeInTime });
    const page = await contacts(
      this.desk,
      { ...filter, ...given({ employers }) },
      { limit, ...paging.after(cursor) },
    );
    return { items: page.items.map(viewOf), ...paging.next(page.next) };
  }

  @Post(':id/done')
  @ReadsPersons('contact-requests')
  @TakesKey()
  @ApiOperation({ summary: 'Put on record that somebody has seen to a request' })
  @Needs('operator', limited)
  @HttpCode(200)
  @ApiOkResponse({ type: ContactView, description: 'Who was first stays on record' })
  @ApiNotFoundResponse({ description: 'There is no request of this id' })
  async done(
    @Param() { id }: ContactPath,
    @Body() { note }: AnswerBody,
    @Asker() { name: by, employers }: Caller,
  ): Promise<ContactView> {
    const answer = { id, by, at: this.desk.now(), ...given({ note }) };
    const contact = await answerContact(this.desk, answer, employers);
    if (contact === undefined) throw new NotFoundException('There is no request of this id.');
    return viewOf(contact);
  }
}
