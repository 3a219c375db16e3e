const width = 320;
const height = 72;
const margin = 4;

/** Draws a row of numbers as a line with the ground filled in; the highest number touches the top. */
export const drawLine = (svg, values) => {
  const highest = Math.max(1, ...values);
  const points = values.map((value, index) => [
    values.length < 2 ? 0 : (index / (values.length - 1)) * width,
    height - margin - (value / highest) * (height - 2 * margin),
  ]);
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.querySelector('polyline').setAttribute('points', line);
  svg
    .querySelector('polygon')
    .setAttribute('points', points.length < 2 ? '' : `0,${height} ${line} ${width},${height}`);
};
