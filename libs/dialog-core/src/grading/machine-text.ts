import { cleanText } from '../clean-text';

/** What a phone writes for a tap on a message: words, then the message in quotation marks. Lower case. */
const reactions = [
  'liked|disliked|loved|laughed at|emphasized|emphasised|questioned|reacted .{1,24} to',
  'removed (?:a|an|the) .{1,24} from',
  '(?:le|me) (?:gusta|gust[oó]|encanta|encant[oó]|divierte|divirti[oó])|no le (?:gusta|gust[oó])|indic[oó] que no le gust[oó]',
  '(?:enfatiz[oó]|destac[oó]|cuestion[oó]|se ri[oó] de|dio risa|reaccion[oó] (?:con .{1,24} )?(?:a|ante))',
  '(?:elimin[oó]|quit[oó]) (?:un|una|el|la) .{1,40} (?:de|a)',
  "(?:a (?:aim[eé]|ador[eé]|ri [aà]|mis l'accent sur|soulign[eé]|r[eé]agi .{0,24}[aà]|exclam[eé]|questionn[eé]|interrog[eé])|n'a pas aim[eé])",
  "(?:aime|adore|n'aime pas|a retir[eé] .{1,40}|a supprim[eé] .{1,40})",
  '(?:curtiu|gostou de|n[aã]o gostou de|amou|adorou|riu de|deu [eê]nfase a|enfatizou|questionou|reagiu .{1,24} a)',
  '(?:gef[aä]llt|hat .{1,24} (?:reagiert|markiert) (?:auf|mit))',
  '(?:ha messo .{1,24} a|piace|non piace|ha riso per|ha enfatizzato|ha reagito .{1,24} a)',
];
const tapped = new RegExp(
  `^(?:${reactions.join('|')})\\s*(?::\\s*)?(?:".|(?:an?|un|una|une|the|el|la|l')\\s?(?:image|picture|photo|video|movie|attachment|audio|message|sticker|imagen|foto|v[ií]deo|mensaje|archivo|imagem|mensagem|pi[eè]ce jointe))`,
  'u',
);
/** Android: a symbol, `to`, and the message. */
const symbolTo = /^[^\p{L}\p{N}"]{1,16}\s*(?:to|a|à|para|an|zu|su)\s*"/u;

/** Sentences of phones and networks that nobody types. */
const sentences = [
  /do not disturb while driving/,
  /i'?m driving (?:with|right now|and)|con no molestar/,
  /^\(?i'?m not receiving notifications/,
  /^(?:auto(?:matic|mated)?[ -]?(?:reply|response)|out of office|respuesta autom[aá]tica|fuera de (?:la )?oficina|r[eé]ponse automatique|absence du bureau|resposta autom[aá]tica)\b/,
  /^(?:message|msg|sms|text) (?:not (?:sent|delivered)|delivery (?:failed|failure)|blocking is active|failed to send)/,
  /message blocking is active|unable to (?:send|receive) message|delivery (?:status )?(?:notification|failure|receipt)/,
  /^(?:mensaje no (?:enviado|entregado)|message non (?:envoy[eé]|remis|distribu[eé])|no se (?:pudo|ha podido) (?:entregar|enviar) (?:el|su|tu) mensaje)/,
  /^free ?msg\b/,
];

/** The same, in two parts with anything between them. */
const begunAndEnded: readonly (readonly [begun: RegExp, ended: RegExp])[] = [
  [/i'?m driving\b/, /do not disturb|focus|auto/],
  [/(?:estoy|voy) (?:conduciendo|manejando)\b/, /no molestar|concentraci[oó]n/],
  [/je (?:suis|conduis)\b/, /ne pas d[eé]ranger/],
  [
    /(?:ne pas d[eé]ranger|no molestar|n[aã]o perturbe|nicht st[oö]ren)\b/,
    /conduite|volant|conduc|manej|dirig|fahr/,
  ],
  [/away from my (?:phone|desk)\b/, /auto|will (?:reply|respond|get back)/],
];
const isBegunAndEnded = (text: string): boolean =>
  begunAndEnded.some(([begun, ended]) => {
    const start = begun.exec(text);
    return start !== null && ended.test(text.slice(start.index + start[0].length));
  });

/** A text needs one of these to be a machine's: looking for them first spares all others the patterns. */
const mayBeMachine =
  /["()“«„]|driv|disturb|auto|office|oficina|bureau|blocking|deliver|message|mensaje|molest|ranger|perturbe|msg|phone|an? (?:image|photo|picture|video|movie|sticker|attachment|audio)|un[ea]? |away/;

/** Nothing of what tells a machine's text comes later than this. */
const longestLook = 200;

/**
 * Whether a phone or a network wrote this and no person for us: reactions to a message, replies of somebody who drives
 * or is away, notices about delivery.
 */
export const isMachineText = (text: string): boolean => {
  if (text.length < 6) return false;
  const start = text.slice(0, longestLook).trim().toLowerCase();
  if (!mayBeMachine.test(start)) return false;
  const clean = cleanText(start).trim();
  return (
    tapped.test(clean) ||
    symbolTo.test(clean) ||
    sentences.some((sentence) => sentence.test(clean)) ||
    isBegunAndEnded(clean)
  );
};
