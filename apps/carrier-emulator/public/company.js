import { askCompany, fillCompany } from './api.js';
import { reasonOf, tell } from './notice.js';

const button = document.getElementById('company');
const askEveryMs = 300;

const words = {
  none: ({ people }) => `Fill a company of ${people}`,
  coming: ({ lived, people }) => `${lived} of ${people} people …`,
  here: ({ people }) => `${people} people on the dashboard`,
  failed: () => 'No company: see the log',
};

const show = (state) => {
  button.textContent = words[state.is](state);
  button.disabled = state.is !== 'none';
  button.setAttribute('aria-busy', String(state.is === 'coming'));
  if (state.is === 'coming') setTimeout(() => void look(askCompany), askEveryMs);
};

const look = async (ask) => {
  try {
    show(await ask());
  } catch (error) {
    tell(`The company could not be filled: ${reasonOf(error)}.`);
  }
};

/** Offers a made-up company with a history of four weeks, and says how far it is. */
export const prepareCompany = async () => {
  await look(askCompany);
  button.hidden = false;
  button.addEventListener('click', () => void look(fillCompany));
};
