const wall = document.getElementById('wall');
const switcher = document.getElementById('switcher');

/** On a small screen one phone is seen at a time; these names lead to the others. Answers how to take a name away. */
export const addToSwitcher = (name, element) => {
  const link = Object.assign(document.createElement('a'), { href: `#${element.id}`, textContent: name });
  switcher.append(link);
  const seen = new IntersectionObserver(
    ([entry]) => link.setAttribute('aria-current', String(entry.isIntersecting)),
    { root: wall, threshold: 0.6 },
  );
  seen.observe(element);
  return () => {
    seen.disconnect();
    link.remove();
  };
};
