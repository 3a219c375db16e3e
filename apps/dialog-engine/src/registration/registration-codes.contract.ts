import {
  addCode,
  builtInRegistration,
  disableCode,
  listCodes,
  type RegistrationCodes,
} from './registration-codes';

const now = new Date('2026-03-01T17:05:00.000Z');
const later = new Date('2026-03-02T17:05:00.000Z');
const clean = { code: 'clean1', demo: false, account: { employerName: 'Hotel Aurora', labels: ['night'] } };

/** What any store of registration codes must do. */
export const registrationCodesContract = (
  open: () => Promise<RegistrationCodes> | RegistrationCodes,
): void => {
  describe('registration codes', () => {
    it('register whoever sends them, with the account of their owner, however they were typed when added', async () => {
      const codes = await open();
      expect(await addCode(codes, clean, now)).toBe('done');
      const { account } = clean;
      expect(await builtInRegistration(codes).lookup('CLEAN1')).toEqual({
        status: 'Valid',
        demo: false,
        account,
      });
    });

    it('are unknown until they are added, and known from then on', async () => {
      const codes = await open();
      const { lookup } = builtInRegistration(codes);
      expect(await lookup('CLEAN1')).toEqual({ status: 'Unknown' });
      await addCode(codes, clean, now);
      expect(await lookup('CLEAN1')).toMatchObject({ status: 'Valid' });
    });

    it('register nobody once they are disabled, and are still listed', async () => {
      const codes = await open();
      await addCode(codes, clean, now);
      expect(await disableCode(codes, 'Clean1', later)).toBe('done');
      expect(await disableCode(codes, 'clean1', new Date())).toBe('done');
      expect(await builtInRegistration(codes).lookup('CLEAN1')).toEqual({ status: 'Unknown' });
      expect((await listCodes(codes)).codes).toEqual([
        { ...clean, code: 'CLEAN1', createdAt: now, disabledAt: later },
      ]);
    });

    it('are added once; a second time changes nothing', async () => {
      const codes = await open();
      await addCode(codes, clean, now);
      expect(await addCode(codes, { ...clean, demo: true }, later)).toBe('alreadyThere');
      expect((await listCodes(codes)).codes).toMatchObject([{ demo: false }]);
    });

    it('are listed in order', async () => {
      const codes = await open();
      for (const code of ['zinc', 'apple', 'moss']) await addCode(codes, { ...clean, code }, now);
      expect((await listCodes(codes)).codes.map(({ code }) => code)).toEqual(['APPLE', 'MOSS', 'ZINC']);
    });

    it('that no trainee could text are refused, and those that nobody added cannot be disabled', async () => {
      const codes = await open();
      expect(await addCode(codes, { ...clean, code: 'two words' }, now)).toBe('notACode');
      expect(await disableCode(codes, 'two words', now)).toBe('notACode');
      expect(await disableCode(codes, 'ABSENT', now)).toBe('unknown');
    });
  });
};
