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

/** Of a route: it also takes who sends no key, and refuses them itself unless they have a link of ours. */
export const orByLink = { orByLink: true } as const;

type Reach = { readonly limited?: boolean; readonly orByLink?: boolean };

/** Declares a route that needs an API key of this role, or of one that may do more. A route without it is closed. */
export const Needs = (role: Role, reach: Reach = {}): MethodDecorator =>
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
