/**
 * Sentences that plainly ask us to stop, in plain text. They are looked for only to ask back, so a sentence that is
 * missed costs less than one that is misheard: each pattern wants us, or our texts, to be what is to stop.
 */
const us = '(?: (?:to )?(?:me|us|this (?:number|phone)|here))';
const texts = '(?:(?:text |sms )?(?:messages?|msgs?)|texts?|sms)';
const ours = '(?: (?:these|those|the|your|any|all|all these|all your|any more|more))?';
/* Repeated words must be readable in one way only: of two ways, n repeats make 2^n, and one text holds up the engine. */
const end =
  '(?: (?:now|please|pls|plz|again|any ?more|ever|already|thanks|thank you|wrong (?:number|person)))*$';

/**
 * A word of stopping with nothing but courtesy around it: where nothing else is said, what is to stop need not be. Two
 * words at least, since one alone is a keyword or an answer.
 */
const courtesy =
  '(?:please|pls|plz|kindly|just|now|right now|already|ok|okay|hi|hello|hey|sorry|thanks|thank you|thx|' +
  'can you|could you|would you|wrong number|wrong person|' +
  'por favor|porfa|ya|gracias|hola|numero equivocado|svp|s il vous plait|s il te plait|merci|bonjour)';
const stopping =
  '(?:(?:stop|quit)(?: (?:it|this|that|sending|texting|messaging))?|unsubscribe|opt out|cancel|' +
  'alto|basta|paren|pare|arretez|arrete)';
const bare = `^(?=\\S+ )(?:${courtesy} )*${stopping}(?: ${courtesy})*$`;

/** Orders; said of somebody else, or denied, they are none. */
const orders = [
  `(?:stop|quit) (?:texting|txting|messaging|contacting|writing|bothering|spamming)${us}?${end}`,
  `(?:stop|quit) sending${us}?${ours} ${texts}${end}`,
  `(?:stop|quit) sending${us}? (?:this|these|those|stuff|things)${end}`,
  `(?:do not|don t|dont|never) (?:text|message|contact|write|bother|spam)${us}${end}`,
  `(?:do not|don t|dont|never) send${us}${ours} ${texts}${end}`,
  `(?:stop|cancel|end)${ours} ${texts}${end}`,
  `no more ${texts}${end}`,
];

/** Wishes, and orders that can mean us alone. */
const wishes = [
  `(?:want|wanna|like|need|wish) to (?:unsubscribe|opt out|stop(?: (?:getting|receiving))?${ours} ${texts})${end}`,
  `(?:do not|don t|dont) want(?: (?:to get|to receive|you to send me))?${ours} ${texts}${end}`,
  `(?:take|remove|delete) (?:me|my (?:phone )?number) (?:off|from) (?:this|the|your) (?:list|texts|messages|system)${end}`,
  `(?:remove|delete) (?:me|my (?:phone )?number)${end}`,
  `(?:unsubscribe me|opt me out|leave me alone)${end}`,
];

const finis = '(?: (?:por favor|ya|gracias|nunca|jamas|mas))*$';
const mensajes = '(?:mas )?(?:mensajes?|textos?|sms)(?: de texto)?';
const spanish = [
  `no (?:me|nos) (?:escriban?|escribas|molesten?|molestes|contacten?|contactes|texteen?)${finis}`,
  `no (?:me|nos) (?:manden?|mandes|envien?|envies) (?:mas|nada|nada mas|(?:mas |sus |estos )?(?:mensajes?|textos?|sms))${finis}`,
  `(?:dejen?|deja|deje|dejame|paren?|para) de (?:escribir|mandar|enviar|molestar|contactar)(?:me|nos)?(?: (?:sus |estos |tantos )?${mensajes})?${finis}`,
  `no (?:quiero|deseo)(?: recibir)? (?:sus |estos |tus )?${mensajes}${finis}`,
  `(?<!(?:^| )no )(?:quiero|deseo|quisiera) (?:dejar|parar) de recibir(?:los)?(?: (?:sus |estos |tus )?${mensajes})?${finis}`,
  `(?:(?:quiero|deseo|quisiera) darme|denme|deme|dame) de baja${finis}`,
  `no (?:quiero|deseo) que me (?:escriban|manden|envien)(?: ${mensajes})?${finis}`,
  `(?:quitenme|quiteme|saquenme|saqueme|borrenme|borreme) de (?:la|su|esta) lista${finis}`,
  `(?:dejenme|dejeme|dejame) en paz${finis}`,
];

const fini = '(?: (?:svp|s il vous plait|s il te plait|merci|maintenant))*$';
const envois = '(?:messages?|textos?|sms)';
const french = [
  `ne m (?:ecrivez|ecris|envoyez|envoie|contactez|contacte) plus(?: (?:de|vos|ces|rien) ?${envois}?)?${fini}`,
  `(?:arretez|arrete|cessez) de m (?:ecrire|envoyer|contacter)(?: (?:des|vos|ces) ${envois})?${fini}`,
  `(?:arretez|cessez) (?:vos|les|ces) ${envois}${fini}`,
  `je ne veux plus (?:recevoir )?(?:de |vos |ces )?${envois}${fini}`,
  `(?:desabonnez|desinscrivez|retirez|enlevez) moi(?: de (?:la|votre|cette) liste)?${fini}`,
];

/** "I can't stop texting", "they stop texting": nobody is asked to stop. */
const turned =
  '(?<!(?:^| )(?:can t|cant|cannot|won t|wont|not|never|didn t|don t|dont|to|i|we|they|he|she) )';

/** "I don't want to unsubscribe". */
const denied = '(?<!(?:^| )(?:not|don t|dont|never) )';

const anywhere = [
  `${turned}(?:${orders.join('|')})`,
  `${denied}(?:${wishes.join('|')})`,
  ...spanish,
  ...french,
];
const latin = new RegExp(`${bare}|(?<= |^)(?:${anywhere.join('|')})`);
const khmer = /ឈប់ផ្ញើសារ|កុំផ្ញើសារមកខ្ញុំ/;

/** Does this text, which is no keyword, plainly ask us to stop? `plain` is as `plainText` makes it. */
export const asksToStop = (plain: string): boolean => latin.test(plain) || khmer.test(plain);

const yes: ReadonlySet<string> = new Set(['yes', 'y', 'yeah', 'si', 'oui', 'បាទ', 'ចាស']);

/** The answer that confirms it. */
export const saysYes = (plain: string): boolean => yes.has(plain);
