import fastify from 'fastify';

/* A route that takes a body as bytes and answers as we do, without looking at it: what HTTP alone costs. */
const app = fastify({ logger: false });
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 64 * 1_024 }, (_request, body, done) =>
  done(null, body),
);
app.post('/webhooks/twilio', (_request, reply) =>
  reply.type('text/xml; charset=utf-8').send('<?xml version="1.0" encoding="UTF-8"?><Response/>'),
);
app.get('/health/ready', () => ({ status: 'up' }));
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
void app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
