import { timeIn } from './zones.js';

const words = {
  sending: (message) => message.note,
  delivered: (message) => (message.segments > 1 ? `delivered · ${message.segments} segments` : 'delivered'),
  failed: (message) => `Not delivered: ${message.note}`,
};

/** A picture, or a link in its place when it cannot be loaded. */
const picture = (url) => {
  const image = document.createElement('img');
  image.src = url;
  image.alt = 'Picture in the text';
  image.dataset.testid = 'picture';
  image.addEventListener('error', () => {
    const link = document.createElement('a');
    link.className = 'broken';
    link.href = url;
    link.rel = 'noreferrer';
    link.target = '_blank';
    link.textContent = `Picture: ${url}`;
    image.replaceWith(link);
  });
  return image;
};

/** A new bubble, which says who speaks. Texts are only ever set as text, never as markup. */
export const createBubble = (message, speaker) => {
  const template = document.getElementById('bubble-template');
  const bubble = template.content.firstElementChild.cloneNode(true);
  bubble.dataset.testid = message.mine ? 'bubble-out' : 'bubble-in';
  bubble.dataset.from = message.mine ? 'phone' : 'service';
  bubble.dataset.sid = message.sid;
  bubble.querySelector('.speaker').textContent = `${speaker}: `;
  bubble
    .querySelector('.pictures')
    .append(...message.media.filter((url) => /^https?:/.test(url)).map(picture));
  const body = bubble.querySelector('.body');
  body.textContent = message.body;
  body.hidden = message.body === '';
  const time = bubble.querySelector('time');
  time.dateTime = message.at;
  time.textContent = timeIn(undefined, message.at);
  return bubble;
};

/** Says when its text came by the clock of this zone, with the day. */
export const placeBubble = (bubble, zone) => {
  const time = bubble.querySelector('time');
  time.textContent = timeIn(zone, time.dateTime);
};

/** Brings a bubble's status up to date. */
export const updateBubble = (bubble, message, tryAgain) => {
  bubble.dataset.status = message.status;
  bubble.querySelector('.status').textContent = words[message.status](message);
  const again = bubble.querySelector('.again');
  again.hidden = !(message.mine && message.status === 'failed');
  again.onclick = tryAgain;
};
