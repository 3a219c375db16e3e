import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  Inject,
  Put,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { IsISO8601, IsString, Length, Matches } from 'class-validator';
import { Day, TRAINEES, type Standing, type Trainees } from './day';

class NewTime {
  @IsISO8601({ strict: true }, { message: 'to must be a time such as 2026-06-10T17:00:00Z' })
  readonly to!: string;
}

/** The number is in the body, not in the path: paths are logged. */
class NewZone {
  @Matches(/^(?:whatsapp:)?\+[1-9]\d{6,14}$/, {
    message: 'phone must be in E.164, for example +12025550143',
  })
  readonly phone!: string;

  @IsString()
  @Length(1, 60)
  readonly zone!: string;
}

type NextView = { readonly kind: string; readonly at: string };
type PlaceView = { readonly phone: string; readonly zone: string | null; readonly next: NextView | null };
type ClockView = { readonly at: string; readonly phones: readonly PlaceView[] };

/* It stops at all that comes to the phones of the wall on its way, so a move takes its time. */
const mostAheadMs = 7 * 24 * 60 * 60 * 1_000;

const iso = (at: number): string => new Date(at).toISOString();

const placeView = ({ phone, zone, next }: Standing & { readonly phone: string }): PlaceView => ({
  phone,
  zone,
  next: next && { kind: next.kind, at: iso(next.at) },
});

/** The clock by which everything in this process goes, and the zones of the phones; only a playground has it. */
@Controller('emulator/api')
@UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }))
export class ClockController {
  constructor(
    @Inject(Day) private readonly day: Day,
    @Inject(TRAINEES) private readonly trainees: Trainees,
  ) {}

  @Get('clock')
  async read(): Promise<ClockView> {
    const standings = await this.day.standings();
    return { at: iso(this.day.now()), phones: standings.map(placeView) };
  }

  @Put('clock')
  async move(@Body() { to }: NewTime): Promise<ClockView> {
    const at = Date.parse(to);
    if (at > this.day.now() + mostAheadMs)
      throw new BadRequestException('the clock moves a week at a time at most');
    if (!(await this.day.moveTo(at))) throw new ConflictException('the clock moves forward only');
    return this.read();
  }

  @Put('zones')
  @HttpCode(202)
  async setZone(@Body() { phone, zone }: NewZone): Promise<void> {
    const refusal = await this.trainees.setZone(phone, zone);
    if (refusal !== undefined) throw new ConflictException(refusal);
  }
}
