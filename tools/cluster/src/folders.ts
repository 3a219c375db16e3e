import { join } from 'node:path';

/** The repository's top folder. */
export const root = join(__dirname, '..', '..', '..');
export const engineChart = join(root, 'helm', 'stopcovid-dialog-engine');
export const demoChart = join(root, 'helm', 'demo');
