import type { Stopping } from './language-words';

/** How people ask us to stop in French. */
export const frStopping: Stopping = {
  stop: 'stop, stop aux, stop a, stop avec, arretez, arrete, arreter, arretez de, arrete de, arreter de, cessez, cessez de, cesser, cesser de, cesse de, stoppez, stopper, suspendez, annulez, annuler, finissez avec, ca suffit avec, assez, desinscription, desabonnement',
  deny: 'ne, n, jamais, ne jamais, je ne veux pas que vous, je ne veux plus que vous',
  noMore: 'plus aucun, plus jamais de, plus un seul, pas de, assez de, marre de, ras le bol de',
  send: 'importuner, importunez, importune, relance, ennuyer, ennuyez, joindre, joignez, m ecriviez, notifier, notifiez, ecrire, ecrivez, ecris, ecriviez, envoyer, envoyez, envoie, envoyiez, contacter, contactez, contacte, contactiez, deranger, derangez, derange, embeter, embetez, harceler, harcelez, texter, textez, texte, textes, appeler, appelez, spammer, spammez, relancer, relancez, solliciter, sollicitez',
  get: 'etre contacte, etre contactee, etre derange, etre derangee, etre inscrit, etre inscrite, recevoir, avoir, etre sur, etre dans, faire partie de, entendre parler de',
  remove:
    'retirez, retire, retirer, enlevez, enleve, enlever, supprimez, supprime, supprimer, effacez, efface, effacer, rayez, otez',
  texts:
    'message, messages, sms, texto, textos, rappel, rappels, notification, notifications, alerte, alertes, abonnement, service, services, programme, liste, listes, liste de diffusion, liste de contacts, contacts, base, base de donnees, systeme, formation, formations, lecon, lecons, spam, pub, pubs',
  me: 'me, m, moi, nous, mon numero, mon telephone, mon portable, mon nom, ce numero, mes coordonnees, mon contact, a ce numero, a mon numero',
  thing: 'ca, cela, ceci, tout, rien',
  want: 'veux, voudrais, souhaite, aimerais, desire, demande, demande a, souhaiterais, voulons',
  self: 'je, j, nous, on',
  lead: 'comment, comment faire pour, comment puis je, je vous demande d, je te demande de, je te demande d, je vous prie d, j exige que vous, s il vous plait, s il te plait, svp, stp, merci de, veuillez, pouvez vous, pourriez vous, vous pouvez, je vous demande de, je vous prie de, priere de, je veux que vous, j ai dit, bonjour, ok, et, encore une fois, de grace, allo',
  reason: 'pas interesse, pas interessee, parce que, car, c est, ce n est, vous, sur, au, en, pour',
  takeMe:
    'desabonnez moi, desabonne moi, desabonner, me desabonner, se desabonner, se desinscrire, desinscrivez moi, desinscris moi, me desinscrire, retirez moi, retire moi, enlevez moi, enleve moi, supprimez moi, effacez moi, rayez moi, otez moi, sortez moi, resilier, resiliez',
  beTaken:
    'etre retire, etre retiree, etre desabonne, etre desabonnee, etre supprime, etre supprimee, etre enleve, etre enlevee',
  whole:
    'laissez moi tranquille, laisse moi tranquille, laissez moi en paz, laissez moi en paix, foutez moi la paix, fichez moi la paix, oubliez mon numero, oublie mon numero, perdez mon numero, supprimez mon numero, effacez mon numero, allez vous en',
  filler:
    'mon, ma, mes, plus, plus jamais, jamais, maintenant, tout de suite, immediatement, merci, merci beaucoup, svp, stp, s il vous plait, s il te plait, de, des, du, d, le, la, les, l, un, une, vos, votre, tes, ces, cette, ce, aucun, aucune, tous, toutes, tant de, autant de, encore, deja, bonjour, monsieur, madame, mauvais numero, erreur de numero, je, a, au, ici, ne, pas, definitivement, pour toujours, desormais',
};
