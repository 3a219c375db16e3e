import {
  Inject,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { nameOfKey, type ApiKeys } from './api-key';
import { API_KEYS } from './tokens';

/* What an orchestrator and a scraper must reach without a key; there is no personal data in either. */
const open = /^\/(health|metrics)(\/|$)/;

/** Lets nobody in without an API key, but for health and metrics. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(API_KEYS) private readonly keys: ApiKeys) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request: { url: string; headers: { authorization?: string } } = context.switchToHttp().getRequest();
    if (open.test(request.url) || nameOfKey(this.keys, request.headers.authorization) !== undefined)
      return true;
    throw new UnauthorizedException('An API key is needed: Authorization: Bearer <key>');
  }
}
