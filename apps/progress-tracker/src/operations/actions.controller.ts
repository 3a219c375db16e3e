import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
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
  @Needs('operator', limited)
  @AsksTheEngine()
  start(@Param() path: TraineePath, @Body() body: StartBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'start', ...body }, asking);
  }

  @Post(':phone/actions/message')
  @Needs('operator', limited)
  @AsksTheEngine()
  message(@Param() path: TraineePath, @Body() body: MessageBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'message', ...body }, asking);
  }

  @Post(':phone/actions/update')
  @Needs('operator', limited)
  @AsksTheEngine()
  update(@Param() path: TraineePath, @Body() body: UpdateBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'update', ...body }, asking);
  }

  @Post(':phone/actions/remind')
  @Needs('operator', limited)
  @AsksTheEngine()
  remind(@Param() path: TraineePath, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'remind' }, asking);
  }

  @Post(':phone/actions/pause')
  @Needs('operator', limited)
  @AsksTheEngine()
  pause(@Param() path: TraineePath, @Body() body: PauseBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'pause', ...body }, asking);
  }

  @Post(':phone/actions/resume')
  @Needs('operator', limited)
  @AsksTheEngine()
  resume(@Param() path: TraineePath, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'resume' }, asking);
  }

  @Post(':phone/actions/opt-out')
  @Needs('operator', limited)
  @AsksTheEngine()
  optOut(@Param() path: TraineePath, @Body() body: OptOutBody, @HowAsked() asking: Asking): Answered {
    return this.#on(path, { kind: 'optOut', ...body }, asking);
  }

  #on({ phone }: TraineePath, action: Action, asking: Asking): Answered {
    return answerTo({ phone: phoneSchema.parse(phone), action }, asking, this.desk);
  }
}
