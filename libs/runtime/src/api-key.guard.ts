import {
  Inject,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { nameOfKey, type ApiKeys } from './api-key';

/** The token of the keys that are good; the module of a guarded controller provides them by `parseApiKeys`. */
export const API_KEYS = Symbol('API_KEYS');

/** Lets nobody in without an API key. It stands on the controllers themselves, so no spelling of a path avoids it. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(API_KEYS) private readonly keys: ApiKeys) {}

  canActivate(context: ExecutionContext): boolean {
    const request: { headers: { authorization?: string } } = context.switchToHttp().getRequest();
    if (nameOfKey(this.keys, request.headers.authorization) !== undefined) return true;
    throw new UnauthorizedException('An API key is needed: Authorization: Bearer <key>');
  }
}
