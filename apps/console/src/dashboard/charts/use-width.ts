import { useEffect, useRef, useState } from 'preact/hooks';

/** How wide an element is, in CSS pixels, as it changes: a chart is drawn for that, so that its words keep their size. */
export const useWidth = <T extends Element>(): readonly [{ readonly current: T | null }, number] => {
  const element = useRef<T>(null);
  const [width, set] = useState(640);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) set(Math.round(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
};
