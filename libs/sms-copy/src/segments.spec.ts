import fc from 'fast-check';
import { segmentsOf } from './segments';

/** 3GPP TS 23.038, 6.2.1: the code points of the default alphabet by septet, sixteen a row; 0 is the escape. */
const standard = [
  [0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0x0a, 0xd8, 0xf8, 0x0d, 0xc5, 0xe5],
  [0x394, 0x5f, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0, 0xc6, 0xe6, 0xdf, 0xc9],
  [0x20, 0x21, 0x22, 0x23, 0xa4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f],
  [0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f],
  [0xa1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f],
  [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7],
  [0xbf, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
  [0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0xe4, 0xf6, 0xf1, 0xfc, 0xe0],
].flat();
/** 6.2.1.1: the extension table; page break and the characters at 0x14, 0x28, 0x29, 0x2f, 0x3c to 0x3e, 0x40, 0x65. */
const extended = [0x0c, 0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac];

describe('the GSM-7 alphabet', () => {
  it('takes exactly the characters of the standard, over the whole of the basic plane', () => {
    const units = new Map([
      ...standard.filter((code) => code !== 0).map((code) => [code, 1] as const),
      ...extended.map((code) => [code, 2] as const),
    ]);
    for (let code = 0; code < 0x10000; code += 1) {
      const { encoding, units: counted } = segmentsOf(String.fromCharCode(code));
      const expected = units.has(code) ? `GSM-7 ${units.get(code)}` : 'UCS-2 1';
      if (`${encoding} ${counted}` !== expected)
        throw new Error(`${code.toString(16)} is ${encoding} ${counted}`);
    }
    expect(units.size).toBe(137);
  });
});

describe('segments', () => {
  it.each([
    { what: 'nothing', text: '', encoding: 'GSM-7', segments: 0, units: 0 },
    { what: '160 letters', text: 'a'.repeat(160), encoding: 'GSM-7', segments: 1, units: 160 },
    { what: '161 letters', text: 'a'.repeat(161), encoding: 'GSM-7', segments: 2, units: 161 },
    { what: '306 letters', text: 'a'.repeat(306), encoding: 'GSM-7', segments: 2, units: 306 },
    { what: '307 letters', text: 'a'.repeat(307), encoding: 'GSM-7', segments: 3, units: 307 },
    { what: '80 euro signs', text: '€'.repeat(80), encoding: 'GSM-7', segments: 1, units: 160 },
    { what: '81 euro signs', text: '€'.repeat(81), encoding: 'GSM-7', segments: 2, units: 162 },
    {
      what: '153 euro signs, 76 to a segment',
      text: '€'.repeat(153),
      encoding: 'GSM-7',
      segments: 3,
      units: 306,
    },
    {
      what: '70 letters with one that costs',
      text: 'í' + 'a'.repeat(69),
      encoding: 'UCS-2',
      segments: 1,
      units: 70,
    },
    {
      what: '71 letters with one that costs',
      text: 'í' + 'a'.repeat(70),
      encoding: 'UCS-2',
      segments: 2,
      units: 71,
    },
    {
      what: '134 letters with one that costs',
      text: 'í' + 'a'.repeat(133),
      encoding: 'UCS-2',
      segments: 2,
      units: 134,
    },
    {
      what: '135 letters with one that costs',
      text: 'í' + 'a'.repeat(134),
      encoding: 'UCS-2',
      segments: 3,
      units: 135,
    },
    { what: '35 emojis', text: '🎉'.repeat(35), encoding: 'UCS-2', segments: 1, units: 70 },
    { what: '67 emojis, 33 to a segment', text: '🎉'.repeat(67), encoding: 'UCS-2', segments: 3, units: 134 },
    { what: 'a broken surrogate', text: '\ud83c', encoding: 'UCS-2', segments: 1, units: 1 },
  ])('of $what', ({ text, encoding, segments, units }) => {
    expect(segmentsOf(text)).toMatchObject({ encoding, segments, units });
  });

  it('name each character that costs, and where it is', () => {
    expect(segmentsOf('🎉 Sí, ça va').costly).toEqual([
      { character: '🎉', index: 0 },
      { character: 'í', index: 4 },
      { character: 'ç', index: 7 },
    ]);
    expect(segmentsOf('¡Inténtalo, señor! Ça coûte 5 €').costly).toEqual([{ character: 'û', index: 24 }]);
  });

  it('never hold more than they have room for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '€', 'é', '[', 'í', '🎉'), maxLength: 700 });
    fc.assert(
      fc.property(text, (t) => {
        const { encoding, segments, units } = segmentsOf(t);
        const [alone, each] = encoding === 'GSM-7' ? [160, 153] : [70, 67];
        expect(segments).toBeGreaterThanOrEqual(units <= alone ? Math.sign(units) : Math.ceil(units / each));
        expect(segments).toBeLessThanOrEqual(units <= alone ? 1 : Math.ceil(units / (each - 1)));
      }),
    );
  });
});
