const kept = 2;

/** A phone as logs may show it: its length and its last two digits, `+•••••••••43`. Anything else becomes `•••`. */
export const maskPhone = (phone: string): string =>
  /^\+?\d{5,15}$/.test(phone) ? phone.slice(0, -kept).replaceAll(/\d/g, '•') + phone.slice(-kept) : '•••';
