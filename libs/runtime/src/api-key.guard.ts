import {
  ForbiddenException,
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  UnauthorizedException,
  createParamDecorator,
  type CanActivate,
  type ExecutionContext,
  type Provider,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import type { Allowances } from './allowance';
import { covers, type Caller, type Callers, type Role } from './caller';

const CALLERS = Symbol('CALLERS');
const ALLOWANCES = Symbol('ALLOWANCES');

/** A caller asked too often. */
export class TooManyRequests extends HttpException {
  constructor(
    name: string,
    /** After which it would be allowed. */
    readonly retryAfterSeconds: number,
  ) {
    super(`${name} asks too often; ask again in ${retryAfterSeconds} s.`, HttpStatus.TOO_MANY_REQUESTS);
  }
}

type Declared = { readonly role: Role; readonly limited: boolean; readonly orByLink: boolean } | 'anybody';
const declared = Reflector.createDecorator<Declared>();

/**
 * Declares a route that needs a key of this role, or of one that may do more. A key that is limited to employers gets in
 * only where `limited` says that the route keeps to them. Where it says `orByLink`, whoever sends no key at all gets as
 * far as the handler, which must refuse them unless it knows them by their link.
 */
export const NeedsRole = (role: Role, { limited = false, orByLink = false } = {}): MethodDecorator =>
  declared({ role, limited, orByLink });

/** Declares a route that anybody may ask, without a key. */
export const Open = (): MethodDecorator => declared('anybody');

type Request = { readonly headers: { readonly authorization?: string }; caller?: Caller };

const requestOf = (context: ExecutionContext): Request => context.switchToHttp().getRequest<Request>();

/** Who asks. Throws on an open route, where nobody knows. */
export const callerIn = (context: ExecutionContext): Caller => {
  const { caller } = requestOf(context);
  if (caller === undefined) throw new Error('an open route asked who calls');
  return caller;
};

/** Gives a handler who asks. */
export const Asker = createParamDecorator((_data: unknown, context: ExecutionContext) => callerIn(context));

const refuseStrangers = ({ name, role, employers }: Caller, needed: Exclude<Declared, 'anybody'>): void => {
  if (!covers(role, needed.role))
    throw new ForbiddenException(`This needs a key of the role ${needed.role}; ${name} is ${role}.`);
  if (employers !== undefined && !needed.limited)
    throw new ForbiddenException(`This cannot be told apart by employer, and ${name} is limited to some.`);
};

/**
 * Lets nobody in without an API key of the role that the route declares, and nobody at all to a route that declares
 * none. It stands before every handler of its app, so no spelling of a path avoids it.
 */
@Injectable()
class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CALLERS) private readonly callers: Callers,
    @Inject(ALLOWANCES) private readonly allowances: Allowances | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.get(declared, context.getHandler()) as Declared | undefined;
    if (needed === 'anybody') return true;
    const request = requestOf(context);
    if (needed?.orByLink === true && request.headers.authorization === undefined) return true;
    const caller = await this.callers.of(request.headers.authorization);
    if (caller === undefined)
      throw new UnauthorizedException('An API key is needed: Authorization: Bearer <key>');
    request.caller = caller;
    this.#count(caller);
    if (needed === undefined)
      throw new ForbiddenException('This route does not say who may ask: nobody may.');
    refuseStrangers(caller, needed);
    return true;
  }

  #count({ name }: Caller): void {
    const waitMs = this.allowances?.take(name) ?? 0;
    if (waitMs > 0) throw new TooManyRequests(name, Math.ceil(waitMs / 1_000));
  }
}

/** Guards every route of the app that has these providers; without allowances, a caller may ask as often as they like. */
export const guardedBy = (callers: Callers, allowances?: Allowances): readonly Provider[] => [
  { provide: CALLERS, useValue: callers },
  { provide: ALLOWANCES, useValue: allowances },
  { provide: APP_GUARD, useClass: ApiKeyGuard },
];
