const notice = document.getElementById('notice');
const words = document.getElementById('notice-text');

/** Why something could not be done, in words for the page. */
export const reasonOf = (error) => (error instanceof TypeError ? 'the emulator is away' : error.message);

/** Says something that must not be missed, until it is closed or something else is said. */
export const tell = (text) => {
  words.textContent = text;
  notice.hidden = false;
};

/** Takes back what was said, unless something else was said since. */
export const takeBack = (text) => {
  if (words.textContent === text) notice.hidden = true;
};

document.getElementById('notice-close').addEventListener('click', () => (notice.hidden = true));
