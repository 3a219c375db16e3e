import { join } from 'node:path';

/** Where the dialog has its weights. */
export const weightsFile = join(__dirname, '../../../libs/dialog-core/src/hearing/stop-weights.json');
