import { createLogger, type LoggerOptions } from './logger';
import { maskPhone } from './mask-phone';

const written = (
  options: LoggerOptions = {},
): { lines: string[]; logger: ReturnType<typeof createLogger> } => {
  const lines: string[] = [];
  const destination = { write: (line: string): void => void lines.push(line) };
  return { lines, logger: createLogger('sms-sender', { ...options, destination }) };
};

describe('a logger', () => {
  it('names its service and its level in every line', () => {
    const { lines, logger } = written();
    logger.info('hello');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ service: 'sms-sender', level: 'info', msg: 'hello' });
  });

  it.each([
    ['a phone', { phone: '+12025550143' }],
    ['a phone inside', { command: { phone: '+12025550143' } }],
    ['what someone wrote', { record: { text: 'my name is +12025550143' } }],
    ['a body', { Body: 'call +12025550143', From: '+12025550143' }],
    ['a phone five levels down, in a list', { a: { b: [{ c: { d: { phone: '+12025550143' } } }] } }],
    ['what an error carries', { err: Object.assign(new Error('no'), { phone: '+12025550143' }) }],
    ['a phone that is no text', { phone: { number: '+12025550143' } }],
    ['a login', { req: { headers: { authorization: 'Basic +12025550143' } } }],
  ])('never writes %s', (_, entry) => {
    const { lines, logger } = written({ level: 'debug' });
    logger.debug(entry, 'seen');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('2025550143');
  });

  it('hides what its children are bound to', () => {
    const { lines, logger } = written();
    logger.child({ phone: '+12025550143', text: 'my secret' }).info('seen');
    expect(lines[0]).toContain('•43');
    expect(lines[0]).not.toMatch(/2025550143|secret/);
  });

  it('leaves an entry as it was for whoever goes on with it', () => {
    const entry = { phone: '+12025550143', inside: { text: 'hello' } };
    written().logger.info(entry);
    expect(entry).toEqual({ phone: '+12025550143', inside: { text: 'hello' } });
  });

  it('writes lines for people when asked to', () => {
    const { lines, logger } = written({ format: 'pretty' });
    logger.warn({ topic: 'sms.log.v1' }, 'record waits');
    expect(lines[0]).toMatch(/ warn +sms-sender: record waits topic=sms\.log\.v1\n$/);
  });
});

describe('a masked phone', () => {
  it.each([
    ['+12025550143', '+•••••••••43'],
    ['+447700900123', '+••••••••••23'],
    ['+•••••••••43', '+•••••••••43'],
    ['not a phone', '•••'],
    ['•••', '•••'],
    ['', '•••'],
  ])('%s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));
});
