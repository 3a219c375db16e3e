import { addressOf } from './address';

describe('whose text it is', () => {
  it.each([
    ['+12025550143', '+12025550143', 'sms'],
    ['whatsapp:+12025550143', '+12025550143', 'whatsapp'],
    ['WhatsApp:+12025550143', '+12025550143', 'whatsapp'],
    ['whatsapp:+525512345678', '+525512345678', 'whatsapp'],
  ])('%s is %s by %s', (from, phone, channel) => {
    expect(addressOf(from)).toEqual({ ok: true, phone, channel });
  });

  it.each([
    ['Mexico, with the 1 of old', '+5215512345678', '+525512345678'],
    ['Brazil, of eight digits that begin with 6', '+551161234567', '+5511961234567'],
    ['Brazil, of eight digits that begin with 8', '+558587654321', '+5585987654321'],
    ['Brazil, of eight digits that begin with 9', '+555191234567', '+5551991234567'],
  ])('a mobile number of %s: %s by WhatsApp is %s, answered as it is written', (_of, address, phone) => {
    expect(addressOf(`whatsapp:${address}`)).toEqual({ ok: true, phone, channel: 'whatsapp', address });
  });

  it.each([
    ['a mobile number that has its ninth digit', '+5511987654321'],
    ['a mobile number with its ninth digit before a 7', '+5511971234567'],
    ['a landline from 2', '+556121234567'],
    ['a landline from 3', '+551133334444'],
    ['a landline from 5, which a mobile number could once begin with', '+551153334444'],
    ['a national number with an area code', '+551140041234'],
    ['trunked radio', '+551178123456'],
    ['a number from 7 that may be radio or an old mobile', '+557171234567'],
    ['a free number', '+558006123456'],
    ['too short a number', '+55118765432'],
    ['too long a number', '+5511887654321'],
  ])('in Brazil %s stays as WhatsApp writes it: %s', (_what, phone) => {
    expect(addressOf(`whatsapp:${phone}`)).toEqual({ ok: true, phone, channel: 'whatsapp' });
  });

  it.each(['+551187654321', '+5215512345678'])('a text message writes numbers as they are: %s', (phone) => {
    expect(addressOf(phone)).toEqual({ ok: true, phone, channel: 'sms' });
  });

  it.each(['whatsapp:+5491123456789', 'whatsapp:+541123456789', '+5491123456789', '+541123456789'])(
    'in Argentina only the 9 tells a mobile number from a landline, so it is neither added nor taken away: %s',
    (from) => {
      expect(addressOf(from)).toMatchObject({ ok: true, phone: from.replace('whatsapp:', '') });
      expect(addressOf(from)).not.toHaveProperty('address');
    },
  );

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
