import { plural } from './plural';

const forms = (count: number) => plural('de', count, 'Bogen', 'Bögen');

/** How old a draft is, and what follows from it. */
export const age = {
  days: (days: number) => (days === 1 ? 'seit gestern' : `seit ${days} Tagen`),
  soon: 'bald abschließen',
  now: 'bitte jetzt abschließen',
};

/** The end of the day. */
export const closing = {
  title: 'Feierabend',
  lead: 'Das liegt noch auf diesem Gerät. Alles ist gespeichert und verschlüsselt.',
  done: 'Alles erledigt',
  doneText: 'Auf diesem Gerät wartet nichts auf Sie.',
  list: 'Was noch zu tun ist',
  drafts: (count: number) => `${plural('de', count, 'Bedarfsgemeinschaft', 'Bedarfsgemeinschaften')} in Arbeit`,
  draftsText: 'Bleibt verschlüsselt auf diesem Gerät, bis Sie übergeben.',
  oldest: 'Am längsten liegen:',
  toUnits: 'Alle ansehen',
  sealed: (count: number) => `${forms(count)} versiegelt, noch nicht übergeben`,
  sealedText: 'Wird beim Übergeben übertragen und danach hier vernichtet.',
  delivered: (count: number) => `${forms(count)} übergeben, hier noch nicht vernichtet`,
  waiting: (count: number) => `${forms(count)} übergeben. ${count === 1 ? 'Die Kopie bleibt' : 'Die Kopien bleiben'} versiegelt auf diesem Gerät, bis die Sachbearbeitung ${count === 1 ? 'ihn' : 'sie'} geöffnet hat. Sie müssen nichts tun.`,
  deliveredText: 'Die Quittung wird beim Übergeben geprüft. Dann wird die Kopie auf diesem Gerät vernichtet.',
  mig: (count: number) => `${plural('de', count, 'Person', 'Personen')} mit „MIG“ zu kennzeichnen`,
  migText: 'Abgehakt verschwinden sie beim Sperren von diesem Gerät.',
  toMig: 'MIG-Liste öffnen',
  numbers: (count: number) => `Bei ${plural('de', count, 'Person', 'Personen')} fehlt noch die Kundennummer`,
  numbersText: 'Der Bogen ist übergeben, kann aber erst erfasst werden, wenn Sie die Nummer nachtragen.',
  toNumbers: 'Nummer nachtragen',
  papers: (count: number) => `${plural('de', count, 'Papierbogen', 'Papierbögen')} noch zu schreddern`,
  papersText: 'Auf dem Papier stehen die Antworten offen lesbar. Bitte lassen Sie es nicht liegen.',
  toPapers: 'Papierbögen ansehen',
  handOverAndLock: 'Übergeben und sperren',
  lock: 'Sperren',
  lockAnyway: 'Trotzdem sperren',
  again: 'Noch einmal versuchen',
  safe: 'Alles bleibt versiegelt und sicher auf diesem Gerät. Sie können sperren und morgen übergeben.',
  goodbye: 'Alles ist übergeben. Das Gerät ist gesperrt.',
};
