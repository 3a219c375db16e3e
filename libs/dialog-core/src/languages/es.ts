import type { LanguageWords } from './language-words';

/** Spanish. */
export const es: LanguageWords = {
  keywords: {
    optOut: ['alto', 'baja', 'cancelar', 'parar', 'detener', 'salir', 'no mas mensajes'],
    optIn: ['comenzar', 'iniciar', 'empezar', 'reanudar', 'sí', 'vamos', 'alta'],
    menu: ['menú'],
    support: ['ayuda', 'soporte'],
    info: ['tablero', 'información'],
    pause: ['pausa', 'pausar'],
    resume: ['reanudar'],
    start: ['vamos', 'comienzo', 'siguiente', 'comenzar', 'iniciar', 'empezar'],
    next: ['más'],
    thanks: ['gracias'],
  },
  drills: {
    'english-lesson': ['inglés'],
    'change-schedule': ['calendario', 'horario'],
    'change-name': ['nombre'],
    'change-language': ['idioma'],
  },
  yes: ['si'],
  greetings: ['hola', 'buenas', 'buenos días', 'buen día', 'saludos', 'español', 'en español', 'por favor'],
  letters: /[ñ¿¡áíóú]/iu,
  numbersBegin: [
    ...['34', '240', '51', '52', '53', '54', '56', '57', '58'],
    ...['502', '503', '504', '505', '506', '507', '591', '593', '595', '598'],
    ...['1787', '1939', '1809', '1829', '1849'],
  ],
  stopping: {
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
  },
  when: {
    days: [
      'lunes lun',
      'martes mar',
      'miercoles mie',
      'jueves jue',
      'viernes vie',
      'sabado sabados sab',
      'domingo domingos dom',
    ],
    workdays: 'entre_semana dias_laborables dias_habiles dias_de_semana',
    weekend: 'fin_de_semana fines_de_semana finde',
    everyDay: 'diario diariamente todos_los_dias cada_dia cualquier_dia toda_la_semana',
    morning: 'manana mananas temprano',
    noon: 'mediodia medio_dia almuerzo',
    afternoon: 'tarde tardes',
    evening: 'noche noches anochecer despues_del_trabajo',
    am: 'am a_m',
    pm: 'pm p_m',
    hours: 'una dos tres cuatro cinco seis siete ocho nueve diez once doce',
    half: 'y_media y_treinta',
    quarter: 'y_cuarto y_quince',
    threeQuarters: 'y_cuarenta_y_cinco',
    at: 'a_las a_la a_eso_de como_a_las sobre_las hacia_las alrededor_de',
    clock: 'hrs horas h en_punto',
    to: 'a al hasta',
    except: 'menos excepto salvo no nunca',
    any: 'cuando_sea cualquier_hora a_cualquier_hora me_da_igual no_importa',
    filler:
      'en el la los las por de del y o un una unos favor gracias prefiero quiero me gusta gustaria mejor para mi si solo cada que sea es esta bien los_dias dia dias',
  },
};
