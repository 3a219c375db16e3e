import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Loaded into each process before its own code, so that its heap can be read without what nobody holds any more:
 * SIGUSR2 collects. It knows nothing of ours, since processes of the last release load it, too.
 */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => collect());
