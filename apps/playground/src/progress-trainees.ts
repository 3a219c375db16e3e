import type { Trainees } from '@stopcovid/carrier-emulator';
import { z } from 'zod';

/** How the progress API is asked. */
export type ProgressApi = { readonly url: string; readonly apiKey: string };

/* What is read of a timetable (`GET /v1/trainees/{phone}/schedule`). */
const timetableSchema = z.object({
  zone: z.object({ name: z.string().nullable() }),
  ahead: z.array(
    z.object({ kind: z.string(), nominal: z.string(), comes: z.boolean(), at: z.iso.datetime() }),
  ),
});

/* What it refuses with (RFC 9457). */
const problemSchema = z.object({ detail: z.string() });

/** Trainees as the progress API knows them: their zones, and what comes to them next. */
export const progressTrainees = ({ url, apiKey }: ProgressApi): Omit<Trainees, 'settled'> => {
  const ask = (phone: string, path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}/v1/trainees/${encodeURIComponent(phone.replace('whatsapp:', ''))}/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    });
  return {
    standingOf: async (phone) => {
      const response = await ask(phone, 'schedule');
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`the progress API answered ${response.status}`);
      const { zone, ahead } = timetableSchema.parse(await response.json());
      const next = ahead.find(({ comes }) => comes);
      return { zone: zone.name, next: next === undefined ? null : { ...next, at: Date.parse(next.at) } };
    },
    setZone: async (phone, timeZone) => {
      const body = JSON.stringify({ profile: { timeZone } });
      const response = await ask(phone, 'actions/update', { method: 'POST', body });
      if (response.ok) return undefined;
      return problemSchema.parse(await response.json()).detail;
    },
  };
};
