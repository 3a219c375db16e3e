const createChip = ({ text, label, keyword }, send) => {
  const chip = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
  chip.className = keyword ? 'chip keyword' : 'chip';
  chip.dir = 'auto';
  chip.dataset.testid = 'chip';
  chip.addEventListener('click', () => send(text));
  return chip;
};

/** Brings a row of quick texts up to date, and its beginning into sight. Focus stays on its chip, or in the row when that chip has gone. */
export const showChips = (row, wanted, send) => {
  const known = new Map([...row.children].map((chip) => [chip.textContent, chip]));
  const chips = wanted.map((suggestion) => known.get(suggestion.label) ?? createChip(suggestion, send));
  if (chips.length === row.children.length && chips.every((chip, index) => chip === row.children[index]))
    return;
  const focused = row.contains(document.activeElement) ? document.activeElement : undefined;
  row.replaceChildren(...chips);
  row.scrollLeft = 0;
  if (focused) (focused.isConnected ? focused : row).focus({ preventScroll: true });
};
