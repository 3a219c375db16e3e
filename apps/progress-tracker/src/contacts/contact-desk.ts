import type { Provider } from '@nestjs/common';
import { CONTACT_DESK, type ContactDesk } from './contacts.controller';

/** What the routes of requests to be contacted are made of. */
export const contactDesk = (desk: ContactDesk): Provider => ({ provide: CONTACT_DESK, useValue: desk });
