import type { Copy } from '../sentences';

/** French. Every character is in GSM-7, which lacks ç, â, ê, î, ô and û. */
export const fr: Copy = {
  yourCompany: 'votre entreprise',
  everyDay: 'tous les jours',
  anyTime: 'à toute heure',
  asUsual: "comme d'habitude",
  moreWord: 'PLUS',
  menuWord: 'MENU',
  supportWord: 'ASSISTANCE',
  infoWord: 'INFO',
  helpWord: 'HELP',
  stopWord: 'STOP',
  startWord: 'START',
  resumeWord: 'REPRENDRE',
  praise: 'Bonne réponse !',
  tryAgain: 'Pas tout à fait. Essayez encore !',
  or: 'ou',
  unclearOption: 'Merci de répondre par {{choices}}.',
  unclearNumber: 'Merci de répondre par un nombre, par exemple 12.',
  unclearYesNo: 'Merci de répondre par oui ou non.',
  unclearAnswer: 'Voici encore la question :',
  reveal: 'La bonne réponse est : {{correctAnswer}}',
  moveOn: "Ce n'est pas cela. Continuons.",
  sayWhen:
    "Désolé, nous n'avons pas compris l'heure. Vous pouvez écrire, par exemple : du lundi au vendredi à 8h",
  sayZone: "Désolé, nous n'avons pas compris. Répondez par la lettre ou le numéro devant votre région.",
  skipped: 'Pas de souci. Laissons cela et continuons.',
  welcome:
    "Bienvenue, {{name}} ! Vous allez recevoir par SMS de courtes formations de la part de {{company}}. Des frais de messages et de données peuvent s'appliquer. Répondez {{help}} pour obtenir de l'aide, {{stop}} pour vous désabonner.",
  registrationRefused: 'Désolé, nous ne connaissons pas ce code. Merci de le vérifier et de le renvoyer.',
  registrationUnavailable:
    'Désolé, nous ne pouvons pas vérifier votre code pour le moment. Merci de le renvoyer dans quelques minutes.',
  onceMore: 'Encore une fois, une question déjà posée :',
  regradedRight: 'Nous avons relu votre réponse "{{response}}". Elle était juste !',
  repeatsDone: "C'est tout pour aujourd'hui. Bravo !",
  firstThis: "D'abord, cette question :",
  reminder: 'Vous avez presque fini ! Voici encore la question :',
  drillCompleted: 'Vous avez terminé cette formation.',
  drillScore: 'Bonnes réponses : {{right}} sur {{graded}}.',
  askForMore: 'Répondez {{more}} pour recevoir la suivante.',
  noMoreDrills: 'Vous avez terminé toutes les formations pour le moment. Merci !',
  coursePassed:
    'Vous avez réussi {{course}}. Votre attestation, que vous pouvez montrer à qui vous voulez : {{address}}',
  menu: "Vous pouvez répondre :\n{{more}} - la formation suivante\n{{info}} - de quoi il s'agit\n{{support}} - qui peut vous aider\n{{stop}} - ne plus recevoir de messages",
  support: 'Une question ou un problème ? Parlez-en à votre responsable chez {{company}}.',
  info: 'Vous recevez par SMS de courtes formations de la part de {{company}}. Répondez à chaque question pour continuer. Répondez {{menu}} pour voir les autres possibilités.',
  help: "Formations par SMS de la part de {{company}}. Répondez {{menu}} pour voir les possibilités ou parlez-en à votre responsable. Des frais de messages et de données peuvent s'appliquer. Répondez {{stop}} pour vous désabonner, {{help}} pour obtenir de l'aide.",
  demo: 'Merci ! Votre demande de démonstration est bien notée.',
  thanks: 'Je vous en prie !',
  notUnderstood: "Désolé, nous n'avons pas compris. Répondez {{menu}} pour voir les possibilités.",
  textOnly: 'Désolé, nous ne pouvons lire que du texte, pas les photos ni les enregistrements.',
  askForCode: "Pour commencer, envoyez-nous votre code d'inscription.",
  stopOrNot:
    'Voulez-vous ne plus recevoir nos messages ? Répondez {{stop}} pour vous désabonner. Pour continuer, répondez autre chose.',
  optedOut:
    'Votre désabonnement est enregistré : vous ne recevrez plus de messages de notre part. Répondez {{start}} pour vous réabonner.',
  optedIn:
    "Vous recevez à nouveau par SMS les formations de la part de {{company}}. Des frais de messages et de données peuvent s'appliquer. Répondez {{help}} pour obtenir de l'aide, {{stop}} pour vous désabonner.",
  goesOn: "On reprend votre formation là où vous l'aviez laissée.",
  anew: 'Après cette longue pause, on recommence une formation au début.',
  paused: 'Vos formations sont en pause. Répondez {{resume}} quand vous voudrez continuer.',
  pausedUnanswered:
    "Sans nouvelles de vous, nous avons mis vos formations en pause. Ce n'est pas grave ! Répondez {{resume}} quand vous voudrez continuer.",
  resumed: 'Heureux de vous retrouver ! Vos formations continuent.',
};
