import { addressOf } from './sender-address';

describe('whose text it is', () => {
  it.each([
    ['+12025550143', '+12025550143', 'sms'],
    ['whatsapp:+12025550143', '+12025550143', 'whatsapp'],
    ['WhatsApp:+12025550143', '+12025550143', 'whatsapp'],
    ['whatsapp:+525512345678', '+525512345678', 'whatsapp'],
    ['+5215512345678', '+5215512345678', 'sms'],
    ['whatsapp:+5491123456789', '+5491123456789', 'whatsapp'],
    ['whatsapp:+5511987654321', '+5511987654321', 'whatsapp'],
    ['whatsapp:+551133334444', '+551133334444', 'whatsapp'],
  ])('%s is %s by %s', (from, phone, channel) => {
    expect(addressOf(from)).toEqual({ ok: true, phone, channel });
  });

  it('whatsapp:+5215512345678 is +525512345678, to be answered as it is written', () => {
    const phone = '+525512345678';
    const address = '+5215512345678';
    expect(addressOf('whatsapp:+5215512345678')).toEqual({ ok: true, phone, channel: 'whatsapp', address });
  });

  it.each([
    ['12345', 'a short code cannot be a trainee'],
    ['+12345', 'a short code cannot be a trainee'],
    ['2025550143', 'not a phone number in E.164'],
    ['+0123456789', 'not a phone number in E.164'],
    ['+1234567890123456', 'not a phone number in E.164'],
    ['TWILIO', 'a name instead of a phone number'],
    ['messenger:12345678', 'a channel other than SMS and WhatsApp'],
    ['whatsapp:hello', 'a channel other than SMS and WhatsApp'],
    [' +12025550143', 'a name instead of a phone number'],
    ['', 'a name instead of a phone number'],
  ])('%j is refused: %s', (from, reason) => {
    expect(addressOf(from)).toEqual({ ok: false, reason });
  });
});
