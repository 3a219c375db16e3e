import { encode } from 'uqr';

/* Readers want four modules of white around it. */
const border = 4;

/** An address as a QR code, as SVG without a style: black on white also where the page is dark, for readers want that. */
export const qrCode = (address: string, label: string): string => {
  const { data, size } = encode(address, { ecc: 'M', border });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return `<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${dark.join('')}"/></svg>`;
};
