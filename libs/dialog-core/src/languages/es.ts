import { esStopping } from './es-stopping';
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
  stopping: esStopping,
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
