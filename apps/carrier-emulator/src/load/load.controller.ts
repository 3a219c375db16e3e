import {
  Body,
  ConflictException,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { ABOUT, type About } from '../phones/about';
import { Crowd, type LoadProgress } from './crowd';
import { NewLoad, planOf } from './requests';

/** Starts, shows and stops a crowd of people who text. */
@Controller('emulator/api/load')
@UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }))
export class LoadController {
  constructor(
    @Inject(Crowd) private readonly crowd: Crowd,
    @Inject(ABOUT) private readonly about: About,
  ) {}

  @Get()
  progress(): LoadProgress {
    return this.crowd.progress();
  }

  @Post()
  @HttpCode(202)
  start(@Body() request: NewLoad): LoadProgress {
    const [code] = this.about.hintCodes;
    if (!this.crowd.start(planOf(request, code)))
      throw new ConflictException('a load is running: stop it first');
    return this.crowd.progress();
  }

  /** What is on its way still arrives; the answer tells how far it came. */
  @Delete()
  stop(): LoadProgress {
    this.crowd.stop();
    return this.crowd.progress();
  }
}
