import type { Copy } from '../sentences';

/** Spanish (neutral, informal). Accents that GSM-7 lacks (á, í, ó, ú) are avoided where the language allows it. */
export const es: Copy = {
  yourCompany: 'tu empresa',
  moreWord: 'MAS',
  menuWord: 'MENU',
  supportWord: 'SUPPORT',
  infoWord: 'INFO',
  helpWord: 'HELP',
  stopWord: 'STOP',
  startWord: 'START',
  praise: '¡Correcto!',
  tryAgain: 'Casi. ¡Inténtalo otra vez!',
  reveal: 'La respuesta correcta es: {{correctAnswer}}',
  moveOn: 'No es eso. Sigamos adelante.',
  welcome:
    '¡Te damos la bienvenida, {{name}}! Vas a recibir clases breves de {{company}} por mensaje de texto. Pueden aplicarse tarifas de mensajes y datos. Responde {{help}} para recibir ayuda o {{stop}} para cancelar.',
  registrationRefused: 'Lo sentimos, no conocemos ese código. Por favor, revísalo y envíalo de nuevo.',
  registrationUnavailable:
    'Lo sentimos, ahora no podemos comprobar tu código. Por favor, envíalo de nuevo en unos minutos.',
  drillCompleted: 'Has terminado esta clase.',
  drillScore: 'Respuestas correctas: {{right}} de {{graded}}.',
  askForMore: 'Responde {{more}} para recibir la siguiente.',
  noMoreDrills: 'Por ahora has terminado todas las clases. ¡Gracias!',
  menu: 'Puedes responder:\n{{more}} - la siguiente clase\n{{info}} - de qué se trata\n{{support}} - a quién pedir ayuda\n{{stop}} - no recibir más mensajes',
  support: '¿Tienes preguntas o problemas? Habla con la persona que supervisa tu trabajo en {{company}}.',
  info: 'Recibes clases breves de {{company}} por mensaje de texto. Responde cada pregunta para seguir. Responde {{menu}} para ver qué más puedes hacer.',
  help: 'Clases de {{company}} por mensaje de texto. Responde {{menu}} para ver las opciones o habla con la persona que supervisa tu trabajo. Pueden aplicarse tarifas de mensajes y datos. Responde {{stop}} para cancelar, {{help}} para recibir ayuda.',
  demo: '¡Gracias por tu interés en una demostración! Hemos anotado tu solicitud.',
  thanks: '¡De nada!',
  notUnderstood: 'Lo sentimos, no hemos entendido tu mensaje. Responde {{menu}} para ver las opciones.',
  textOnly: 'Lo sentimos, solo podemos leer texto, no fotos ni grabaciones.',
  askForCode: 'Para comenzar, envíanos tu código de registro.',
  optedOut:
    'Has cancelado tu suscripción y no recibirás más mensajes nuestros. Responde {{start}} para volver a suscribirte.',
  optedIn:
    'Vuelves a recibir las clases de {{company}} por mensaje de texto. Pueden aplicarse tarifas de mensajes y datos. Responde {{help}} para recibir ayuda o {{stop}} para cancelar.',
};
