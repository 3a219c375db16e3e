import { heldCommandsContract } from './held-commands.contract';
import { inMemoryHeldCommands } from './held-commands';

heldCommandsContract(inMemoryHeldCommands);
