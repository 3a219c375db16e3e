import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { NeedsRole, type Role } from '@stopcovid/runtime';

/** Of a route: it keeps to the employers that a key is limited to. Any other refuses such a key. */
export const limited = { limited: true } as const;

/** Declares a route that needs an API key of this role, or of one that may do more. A route without it is closed. */
export const Needs = (role: Role, reach: { readonly limited?: boolean } = {}): MethodDecorator =>
  applyDecorators(
    NeedsRole(role, reach),
    ApiBearerAuth(),
    ApiUnauthorizedResponse({ description: 'The API key is missing, unknown, expired or revoked' }),
    ApiForbiddenResponse({ description: `The key may not do it: it takes the role ${role}` }),
    ApiTooManyRequestsResponse({
      description: 'The key asks too often: `Retry-After` says when to ask again',
    }),
    ApiBadRequestResponse({ description: 'The request says which field is wrong, and why' }),
  );
