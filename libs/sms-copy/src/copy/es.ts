import type { Copy } from '../sentences';

/** Spanish (neutral, informal). Every character is in GSM-7, which lacks á, í, ó and ú: "clave" stands for "código". */
export const es: Copy = {
  yourCompany: 'tu empresa',
  everyDay: 'a diario',
  anyTime: 'a cualquier hora',
  asUsual: 'como siempre',
  moreWord: 'MAS',
  menuWord: 'MENU',
  supportWord: 'AYUDA',
  infoWord: 'INFO',
  helpWord: 'HELP',
  stopWord: 'STOP',
  startWord: 'START',
  resumeWord: 'REANUDAR',
  praise: '¡Correcto!',
  tryAgain: 'Casi. ¡Inténtalo otra vez!',
  or: 'o',
  unclearOption: 'Por favor, responde con {{choices}}.',
  unclearNumber: 'Por favor, responde solo con cifras, por ejemplo 12.',
  unclearYesNo: 'Por favor, responde SI o NO.',
  unclearAnswer: 'Esta es la pregunta, otra vez:',
  reveal: 'La respuesta correcta es: {{correctAnswer}}',
  moveOn: 'No es eso. Sigamos adelante.',
  sayWhen:
    'Lo sentimos, no hemos entendido la hora. Puedes escribir, por ejemplo: de lunes a viernes a las 8',
  sayZone: 'Lo sentimos, no hemos entendido tu zona. Responde solo con la letra que tiene delante.',
  skipped: 'No pasa nada. Lo dejamos y seguimos.',
  welcome:
    '¡Te damos la bienvenida, {{name}}! Vas a recibir clases breves de {{company}} por mensaje de texto. Pueden aplicarse tarifas de mensajes y datos. Responde {{help}} para recibir ayuda o {{stop}} para cancelar.',
  registrationRefused:
    'Lo sentimos, no conocemos esa clave. Por favor, comprueba que sea correcta y vuelve a mandarla.',
  registrationUnavailable:
    'Lo sentimos, ahora no podemos comprobar tu clave. Por favor, vuelve a mandarla en unos minutos.',
  onceMore: 'De nuevo, de una clase anterior:',
  repeatsDone: 'Eso es todo por hoy. ¡Buen trabajo!',
  firstThis: 'Primero, esta pregunta:',
  reminder: '¡Ya casi terminas! Esta es la pregunta de nuevo:',
  drillCompleted: 'Has terminado esta clase.',
  drillScore: 'Respuestas correctas: {{right}} de {{graded}}.',
  askForMore: 'Responde {{more}} para recibir la siguiente.',
  noMoreDrills: 'Por ahora has terminado todas las clases. ¡Gracias!',
  menu: 'Puedes responder:\n{{more}} - la siguiente clase\n{{info}} - de qué se trata\n{{support}} - a quién pedir ayuda\n{{stop}} - dejar de recibir mensajes',
  support: '¿Tienes preguntas o problemas? Habla con la persona que supervisa tu trabajo en {{company}}.',
  info: 'Recibes clases breves de {{company}} por mensaje de texto. Responde cada pregunta para seguir. Responde {{menu}} para ver otras opciones.',
  help: 'Clases de {{company}} por mensaje de texto. Responde {{menu}} para ver las opciones o habla con la persona que supervisa tu trabajo. Pueden aplicarse tarifas de mensajes y datos. Responde {{stop}} para cancelar, {{help}} para recibir ayuda.',
  demo: '¡Gracias por tu interés! Hemos recibido tu solicitud de una demo.',
  thanks: '¡De nada!',
  notUnderstood: 'Lo sentimos, no hemos entendido tu mensaje. Responde {{menu}} para ver las opciones.',
  textOnly: 'Lo sentimos, solo podemos leer texto, no fotos ni grabaciones.',
  askForCode: 'Para comenzar, responde con tu clave de registro.',
  stopOrNot:
    '¿Quieres dejar de recibir nuestros mensajes? Responde {{stop}} y no te enviaremos otros. Para seguir, responde cualquier otra cosa.',
  optedOut: 'Listo, ya no te enviaremos mensajes. Responde {{start}} para volver a recibirlos.',
  optedIn:
    'Vuelves a recibir las clases de {{company}} por mensaje de texto. Pueden aplicarse tarifas de mensajes y datos. Responde {{help}} para recibir ayuda o {{stop}} para cancelar.',
  goesOn: 'Seguimos con tu clase donde la dejaste.',
  anew: 'Ha pasado un tiempo: empezamos una clase desde el principio.',
  paused: 'Tus clases quedan en pausa. Responde {{resume}} cuando quieras seguir.',
  pausedUnanswered:
    'Hace tiempo que no respondes, por eso pausamos tus clases. ¡No pasa nada! Responde {{resume}} cuando quieras seguir.',
  resumed: '¡Qué bueno tenerte de vuelta! Tus clases siguen.',
};
