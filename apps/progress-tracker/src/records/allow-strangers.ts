import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { TooManyRequests } from '@stopcovid/runtime';
import { openDesk, RECORD_DESK, type RecordDesk } from './record-desk';

type Request = { readonly ip: string };

/** Lets those without a key ask so often, each address of its own, before anything is looked up. */
@Injectable()
export class AllowStrangers implements CanActivate {
  constructor(@Inject(RECORD_DESK) private readonly desk: RecordDesk) {}

  canActivate(context: ExecutionContext): boolean {
    const { ip } = context.switchToHttp().getRequest<Request>();
    const waitMs = openDesk(this.desk).allowances.take(ip);
    if (waitMs > 0) throw new TooManyRequests('Whoever has no key', Math.ceil(waitMs / 1_000));
    return true;
  }
}
