import type { PhoneOnPage } from './phone-page.testkit';

/**
 * What a new trainee does in the first minutes, on a real page: joins, answers rightly and wrongly and with typos, asks
 * for the menu in the middle of a question, finishes, asks for more, stops and starts again. Throws at the first text
 * that does not come.
 */
export const takeTheFirstDrills = async (phone: PhoneOnPage): Promise<void> => {
  await phone.text('not a code at all, I think');
  await phone.reads(/code/i);
  await phone.text('HYGIENE');
  await phone.reads(/Which language do you prefer\?/);
  await phone.text('a');
  await phone.reads(/first name/);
  await phone.text('Maria');
  await phone.reads(/Nice to meet you, Maria!/);
  await phone.reads(/Reply STOP to unsubscribe/);

  await phone.reads(/How long should you rub your hands/);
  await phone.text('for 5 seconds');
  await phone.reads(/./);
  await phone.offers('a) for 5 seconds', 'b) for 20 seconds', 'c) until the foam is gone');
  await phone.text(' B) ');
  await phone.reads(/Which part do people miss most often\?/);
  await phone.text('the thumbs and fingertps');
  await phone.reads(/Is hand sanitizer enough\?/);
  await phone.text('MENU');
  await phone.reads(/MORE/);
  await phone.reads(/Is hand sanitizer enough\?/);
  await phone.text('b');
  await phone.reads(/./);
  await phone.text('Yes, it kills everything');
  await phone.reads(/No, grease needs soap and water/);
  await phone.reads(/best way to dry your hands\?/);
  await phone.text('with a clean paper towel');
  await phone.reads(/Reply with a number/);
  await phone.offers();
  await phone.text('12');
  await phone.reads(/Remember: before food/);
  await phone.reads(/MORE/);
};

/** What follows: more, stop, silence, start, and the question that STOP cut off. */
export const stopAndStartAgain = async (phone: PhoneOnPage): Promise<void> => {
  await phone.text('more');
  await phone.reads(/Today is about feeling sick/);
  await phone.text('Stop.');
  await phone.reads(/START/);
  await phone.showsOptedOut(true);
  const before = (await phone.bodies()).length;
  await phone.text('hello?');
  await phone.text('MENU');
  await phone.text('START');
  await phone.reads(/again/i);
  await phone.reads(/where you stopped/);
  await phone.showsOptedOut(false);
  await phone.reads(/Today is about feeling sick/);
  const after = (await phone.bodies()).slice(before);
  if (after.length !== 3)
    throw new Error(`after STOP and START the phone read ${after.length} texts:\n${after.join('\n---\n')}`);
};
