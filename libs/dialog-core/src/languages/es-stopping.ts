import type { Stopping } from './language-words';

/** How people ask us to stop in Spanish. */
export const esStopping: Stopping = {
  stop: 'stop, alto, basta, parenle, parele, detengase, detenganse, detente, paren, pare, para, parar, parar de, paren de, pare de, para de, deje de, deja de, dejen de, dejar de, dejame de, dejenme de, dejeme de, cesen, cesen de, cese, detener, detengan, detenga, cancelar, cancelen, cancele, cancela, cancelo, cancelame, suspender, suspendan, suspenda, ya basta, ya no mas',
  deny: 'no, nunca, jamas, ya no, no vuelvan a, no vuelva a, no vuelvas a, no sigan, no siga, no sigas, nunca mas',
  noMore: 'no mas, ya no mas, basta de, ni un, ni una',
  send: 'escribir, escribirme, escribirnos, escriban, escriba, escribas, escribiendo, escribiendome, mandar, mandarme, mandarnos, manden, mande, mandes, mandando, mandandome, enviar, enviarme, enviarnos, envien, envie, envies, enviando, enviandome, molestar, molestarme, molesten, moleste, molestes, molestando, contactar, contactarme, contacten, contacte, contactes, contactando, texteen, textear, textearme, texteando, llamar, llamarme, llamen, llame, llames, fastidien, fastidiar, recordarme, recuerden',
  get: 'recibir, recibirlos, recibirlas, seguir recibiendo, que me, que nos, que sigan, seguir en, estar en, tener, saber nada de, saber de',
  remove:
    'quitar, quiten, quite, quita, sacar, saquen, saque, saca, borrar, borren, borre, borra, eliminar, eliminen, elimine, elimina, remover, remuevan, retirar, retiren, retire',
  texts:
    'mensaje, mensajes, mensage, mensages, mensajes de texto, texto, textos, sms, mensajito, mensajitos, recordatorio, recordatorios, notificacion, notificaciones, aviso, avisos, alerta, alertas, suscripcion, servicio, servicios, programa, lista, listas, lista de contactos, contactos, base de datos, sistema, leccion, lecciones, entrenamiento, spam, publicidad, nada, nada mas',
  me: 'me, nos, mi numero, mi telefono, mi celular, mi nombre, mis datos, mi contacto, este numero, este telefono, a mi, a este numero, a mi numero',
  thing: 'esto, eso, estos, esos, esas, estas, lo, los, las, cosas, todo',
  want: 'quiero, queremos, quisiera, deseo, me gustaria, necesito, solicito, pido, quiero que, deseo que',
  self: 'yo',
  lead: 'por favor, como puedo, como, como hago para, como le hago para, le pido, les pido, ya les dije que, exijo que,  porfavor, porfa, favor de, puede, pueden, podria, podrian, puedes, quiero que, necesito que, les pido que, le pido que, pido que, hola, ok, ya, y, que, otra vez, de nuevo, les dije que, dije que, oye, oigan, bueno',
  reason: 'no me interesa, no me interesan, porque, pues, esto es, estoy, es, son, a las, en, por',
  takeMe:
    'quitenme, quiteme, quitame, saquenme, saqueme, sacame, borrenme, borreme, borrame, eliminenme, elimineme, eliminame, remuevanme, remuevame, retirenme, retireme, desuscribanme, desuscribame, desuscribirme, desapuntenme, darme de baja, denme de baja, deme de baja, dame de baja, salir de, darse de baja, dar de baja, salirme, desinscribirme, cancelenme, desactivenme',
  beTaken:
    'ser eliminado, ser eliminada, ser removido, ser removida, que me quiten, que me saquen, que me borren, que me eliminen, que me den de baja',
  whole:
    'dejenme en paz, dejeme en paz, dejame en paz, dejenme tranquilo, dejenme tranquila, dejame tranquilo, dejame tranquila, no me molesten, no molesten, olviden mi numero, olvida mi numero, olvide mi numero, borren mi numero, borra mi numero, largo, vayanse',
  filler:
    'vuelvan a, vuelva a, vuelvas a, sigan, siga, sigas, mi, mis, nuestro, nuestra, ni, con, ya, mas, nunca, jamas, ahora, ahora mismo, gracias, muchas gracias, por favor, porfavor, porfa, de, del, el, la, los, las, su, sus, tu, tus, un, una, estos, estas, esta, este, tantos, tantas, tanto, todos, todas, ningun, ninguna, otra vez, de nuevo, a, al, en, y, hola, senor, senora, senores, numero equivocado, por aqui, aqui, mas veces, de una vez, de inmediato, inmediatamente, favor, si, no, para siempre, definitivamente, de ustedes, malditos, pinche, pinches',
};
