import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { IsString, MaxLength } from 'class-validator';
import { invalidBody, Problem } from '../problems/problem';
import { addKey, mostKeys } from './add-key';
import type { ApiKeys } from './api-keys';
import { KeyListView, keyView, NewKeyView } from './key-views';
import { Needs } from './needs';

/** What the routes of keys work with. */
export type KeyDesk = { readonly keys: ApiKeys; readonly now: () => Date };
/** Its token. */
export const KEY_DESK = Symbol('KEY_DESK');

class KeyPath {
  @ApiProperty({ example: 'acme-dashboard' })
  @IsString()
  @MaxLength(64)
  readonly name!: string;
}

const example = {
  name: 'acme-dashboard',
  role: 'analyst',
  employers: ['acme'],
  expiresAt: '2027-06-01T00:00:00Z',
};

/** Who may ask, beside those whose keys are in the environment. */
@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  constructor(@Inject(KEY_DESK) private readonly desk: KeyDesk) {}

  @Get()
  @ApiOperation({ summary: 'The API keys, by name' })
  @Needs('admin')
  @ApiOkResponse({ type: KeyListView, description: 'By name, also those that hold no more' })
  async list(): Promise<KeyListView> {
    const { keys, unreadable } = await this.desk.keys.all();
    const now = this.desk.now();
    return { items: keys.map((key) => keyView(key, now)), ...(unreadable.length > 0 && { unreadable }) };
  }

  @Post()
  @ApiOperation({ summary: 'Make an API key, which is shown once' })
  @Needs('admin')
  @Header('Cache-Control', 'no-store')
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example } })
  @ApiCreatedResponse({ type: NewKeyView, description: 'It holds within a few seconds' })
  @ApiConflictResponse({ description: 'There is one of this name, or was; or there are as many as can be' })
  async add(@Body() content: unknown, @Asker() caller: Caller): Promise<NewKeyView> {
    const now = this.desk.now();
    const answer = await addKey(content, { by: caller.name, at: now }, this.desk.keys);
    switch (answer.kind) {
      case 'added':
        return { ...keyView(answer.added, now), key: answer.key };
      case 'invalid':
        throw invalidBody(answer.problems);
      case 'taken':
        throw new Problem('cannot-be-added', 'There is a key of this name, or was: take another name.');
      case 'tooMany':
        throw new Problem('cannot-be-added', `${mostKeys} keys hold, which is the most: revoke some first.`);
    }
  }

  @Delete(':name')
  @ApiOperation({ summary: 'Revoke an API key' })
  @Needs('admin')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It lets nobody in any more, within a few seconds' })
  @ApiNotFoundResponse({ description: 'There is none of this name that is not revoked already' })
  async revoke(@Param() { name }: KeyPath, @Asker() caller: Caller): Promise<void> {
    if (!(await this.desk.keys.revoke(name, { by: caller.name, at: this.desk.now() })))
      throw new NotFoundException('There is no key of this name that is not revoked already.');
  }
}
