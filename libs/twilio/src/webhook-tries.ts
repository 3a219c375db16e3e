/**
 * The fragment of an address that Twilio calls: it stays with Twilio and is not signed. Five more tries (`rc`) on any
 * failure (`rp`), where without it a refused connection alone is tried once more. All tries together get 15 s (`tt`), so
 * each gets 4 s to be answered (`rt`) and 2 s to connect (`ct`).
 */
export const webhookTries = '#rc=5&rp=all&ct=2000&rt=4000&tt=15000';
