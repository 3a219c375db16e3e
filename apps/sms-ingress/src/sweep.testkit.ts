import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListedText } from './carrier-list';
import type { SweepTurn } from './sweep-turn';

export const noon = Date.parse('2026-03-01T12:00:00.000Z');
export const minutesAgo = (minutes: number): number => noon - minutes * 60_000;

export const sidOf = (index: number): string => `SM${String(index).padStart(32, '0')}`;

export const listed = (index: number, changes: Partial<ListedText> = {}): ListedText => ({
  sid: sidOf(index),
  from: '+12025550143',
  to: '+12025550100',
  body: `text ${index}`,
  media: 0,
  segments: 1,
  at: minutesAgo(60) + index * 1_000,
  ...changes,
});

/** A turn that is kept so many times; remembers how it was finished. */
export const turnFor = ({
  sweptTo,
  keeps = Number.POSITIVE_INFINITY,
}: {
  sweptTo?: number;
  keeps?: number;
}) => {
  const finished: { sweptTo: number; nextAt: number }[] = [];
  let left = keeps;
  const turn: SweepTurn = {
    sweptTo,
    keep: () => Promise.resolve((left -= 1) >= 0),
    leave: () => Promise.resolve(),
    finish: (done) => {
      finished.push(done);
      return Promise.resolve();
    },
  };
  return { turn, finished };
};

type ListedMessage = { readonly sid: string; readonly direction: string; readonly at: number };

const resource = ({ sid, direction, at }: ListedMessage) => ({
  sid,
  direction,
  from: 'whatsapp:+12025550143',
  to: '+12025550100',
  body: `body of ${sid}`,
  status: 'received',
  num_media: '1',
  num_segments: '2',
  date_created: new Date(at).toUTCString(),
  date_sent: new Date(at).toUTCString(),
});

/** A list of Twilio's that hands out two messages a page; `raw` answers instead of it, or never. */
export const startListServer = async (messages: readonly ListedMessage[]) => {
  const asked: URL[] = [];
  const state: { raw?: { status: number; body: string } | 'hang' } = {};
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://list');
    asked.push(url);
    if (state.raw === 'hang') return;
    const page = Number(url.searchParams.get('Page') ?? 0);
    const shown = messages.slice(page * 2, page * 2 + 2);
    const next = messages.length > page * 2 + 2 ? `/2010-04-01/next.json?Page=${page + 1}` : null;
    const { status, body } = state.raw ?? {
      status: 200,
      body: JSON.stringify({ messages: shown.map(resource), next_page_uri: next, page }),
    };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: new URL(`http://127.0.0.1:${port}/base/`), asked, state, close };
};
