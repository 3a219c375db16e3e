/**
 * What to paste into Twilio's console. The fragment stays with Twilio and is not signed: five retries (`rc`) on any
 * failure (`rp`). All tries together get 15 s (`tt`), so each gets 4 s to be answered (`rt`) and 2 s to connect (`ct`).
 */
export const webhookUrl = (publicUrl: URL): string =>
  `${publicUrl.href.replace(/(?<![/?#])[/?#]*$/, '')}/webhooks/twilio#rc=5&rp=all&ct=2000&rt=4000&tt=15000`;
