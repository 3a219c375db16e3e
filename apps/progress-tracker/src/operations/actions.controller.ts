import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { TraineePath } from '../api/trainee-requests';
import { MessageBody, OptOutBody, PauseBody, StartBody, UpdateBody } from './action-requests';
import type { Action } from './action';
import { answerTo, DESK, type Desk } from './answer';
import { AsksTheEngine, HowAsked, type Asking } from './asking';
import type { CommandView, ForecastView } from './command-views';
import { limited, Needs } from '../keys/needs';

type Answered = Promise<CommandView | ForecastView>;

/** What operators do on one trainee. Each is a command: answered with where to look, decided by the engine. */
@ApiTags('actions')
@Controller('v1/trainees')
export class ActionsController {
  constructor(@Inject(DESK) private readonly desk: Desk) {}

  @Post(':phone/actions/start')
  @ApiOperation({ summary: 'Start a drill' })
  @Needs('operator', limited)
  @AsksTheEngine()
  start(@Param() path: TraineePath, @Body() body: StartBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'start', ...body }, asking);
  }

  @Post(':phone/actions/message')
  @ApiOperation({ summary: 'Send a message' })
  @Needs('operator', limited)
  @AsksTheEngine()
  message(@Param() path: TraineePath, @Body() body: MessageBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'message', ...body }, asking);
  }

  @Post(':phone/actions/update')
  @ApiOperation({ summary: 'Change profile and account' })
  @Needs('operator', limited)
  @AsksTheEngine()
  update(@Param() path: TraineePath, @Body() body: UpdateBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'update', ...body }, asking);
  }

  @Post(':phone/actions/remind')
  @ApiOperation({ summary: 'Put the open question again' })
  @Needs('operator', limited)
  @AsksTheEngine()
  remind(@Param() path: TraineePath, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'remind' }, asking);
  }

  @Post(':phone/actions/pause')
  @ApiOperation({ summary: 'Stop what is proactive' })
  @Needs('operator', limited)
  @AsksTheEngine()
  pause(@Param() path: TraineePath, @Body() body: PauseBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'pause', ...body }, asking);
  }

  @Post(':phone/actions/resume')
  @ApiOperation({ summary: 'Go on with what is proactive' })
  @Needs('operator', limited)
  @AsksTheEngine()
  resume(@Param() path: TraineePath, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'resume' }, asking);
  }

  @Post(':phone/actions/opt-out')
  @ApiOperation({ summary: 'Stop texting a phone whose owner asked elsewhere' })
  @Needs('operator', limited)
  @AsksTheEngine()
  optOut(@Param() path: TraineePath, @Body() body: OptOutBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'optOut', ...body }, asking);
  }

  @Post(':phone/actions/erase')
  @ApiOperation({
    summary: 'Forget the person behind a phone, but for an opt-out',
    description:
      'Cannot be taken back. Also of a phone that nothing was heard of; asked again, it removes what came since. docs/operations.md says what goes at once, and what stays until when.',
  })
  @Needs('admin')
  @AsksTheEngine()
  erase(@Param() path: TraineePath, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'erase' }, asking);
  }

  #on({ phone }: TraineePath, action: Action, asking: Asking): Answered {
    return answerTo({ phone: phoneSchema.parse(phone), action }, asking, this.desk);
  }
}
