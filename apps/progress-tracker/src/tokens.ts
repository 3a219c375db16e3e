/** What Nest injects by these names; the module file says what each is. */
export const PROGRESS_STORE = Symbol('PROGRESS_STORE');
export const PUBLISHER = Symbol('PUBLISHER');
export const HANDLE_BATCHES = Symbol('HANDLE_BATCHES');
export const API_KEYS = Symbol('API_KEYS');
