import { EventEmitter, once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a network does wrong. `silent` holds bytes back until it is healed, as lost packets would be sent again. */
export type LinkFault =
  | { readonly kind: 'refuse' }
  | { readonly kind: 'silent'; readonly towards: 'both' | Direction }
  | { readonly kind: 'slow'; readonly delayMs: number; readonly jitterMs: number };

type Direction = 'server' | 'client';

/** A way between one service and one server, which can be spoilt. */
export type Link = {
  /** Where the service connects to. */
  readonly port: number;
  /** Spoils it until `heal`. `refuse` also cuts what is open. */
  readonly spoil: (fault: LinkFault) => Promise<void>;
  readonly heal: () => Promise<void>;
  /** Resets the open connections; new ones are taken. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

export type LinkRequest = {
  /** Its own port; any free one for 0. */
  readonly port: number;
  readonly targetPort: number;
  /** A number from 0 to 1; says how much of the jitter a chunk gets. */
  readonly random: () => number;
};

const listen = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};

const isListening = (server: Server): boolean => server.listening;

class ProxyLink implements Link {
  port = 0;
  readonly #server = createServer({ allowHalfOpen: true }, (client) => this.#join(client));
  readonly #open = new Set<Socket>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #fault: LinkFault | undefined;

  constructor(private readonly request: LinkRequest) {}

  async start(): Promise<this> {
    this.port = await listen(this.#server, this.request.port);
    return this;
  }

  async spoil(fault: LinkFault): Promise<void> {
    await this.heal();
    this.#fault = fault;
    if (fault.kind === 'refuse') await this.#stopListening();
  }

  async heal(): Promise<void> {
    this.#fault = undefined;
    this.#changes.emit('change');
    if (!isListening(this.#server)) await listen(this.#server, this.port);
  }

  cut(): void {
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.#fault = undefined;
    this.#changes.emit('change');
    if (isListening(this.#server)) await this.#stopListening();
    this.cut();
  }

  async #stopListening(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #join(client: Socket): void {
    const server = createConnection({
      port: this.request.targetPort,
      host: '127.0.0.1',
      allowHalfOpen: true,
    });
    const pair = [client, server] as const;
    for (const socket of pair) {
      this.#open.add(socket.setNoDelay(true));
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.#open.delete(socket);
        for (const other of pair) other.destroy();
      });
    }
    void this.#carry(client, server, 'server');
    void this.#carry(server, client, 'client');
  }

  /** Chunks go one after the other: whatever the delays are, their order is kept, as TCP keeps it. */
  async #carry(from: Socket, to: Socket, towards: Direction): Promise<void> {
    try {
      for await (const chunk of from) {
        await this.#pass(towards);
        if (!to.write(chunk)) await once(to, 'drain');
      }
      await this.#pass(towards);
      to.end();
    } catch {
      from.destroy();
      to.destroy();
    }
  }

  async #pass(towards: Direction): Promise<void> {
    while (this.#isSilent(towards)) await once(this.#changes, 'change');
    if (this.#fault?.kind !== 'slow') return;
    await pause(this.#fault.delayMs + this.request.random() * this.#fault.jitterMs);
  }

  #isSilent(towards: Direction): boolean {
    return this.#fault?.kind === 'silent' && ['both', towards].includes(this.#fault.towards);
  }
}

/** Opens a link to a server of this machine; the server need not be there yet. */
export const openLink = (request: LinkRequest): Promise<Link> => new ProxyLink(request).start();
