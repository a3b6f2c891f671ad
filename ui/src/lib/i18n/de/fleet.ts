import { plural } from '../plural';
import { forms, lies } from './counted';

const devices = (count: number) => plural('de', count, 'Gerät', 'Geräte');

/** Devices that need a look. */
export const fleet = {
  title: 'Geräte im Rückstand',
  hint: 'Hier stehen nur Geräte, auf denen versiegelte Bögen zu lange liegen oder die sich lange nicht gemeldet haben.',
  none: 'Kein Gerät ist im Rückstand.',
  others: (count: number) => `${devices(count)} ohne Rückstand.`,
  why: {
    unsent: (count: number, since: string | null) => `${forms(count)} ${lies(count)} versiegelt auf dem Gerät${since ? `, der älteste seit ${since}` : ''}.`,
    silent: 'Das Gerät hat sich lange nicht gemeldet.',
    never: 'Das Gerät hat sich noch nicht gemeldet.',
    unverifiable: 'Nicht prüfbar: Die Meldung stammt nicht von diesem Gerät.',
  },
  unverifiableText: 'Bitte sehen Sie selbst auf dem Gerät nach, und sagen Sie der Stelle Bescheid, die die Empfangsstelle betreibt.',
  lastStated: (when: string) => `Zuletzt gemeldet am ${when}`,
  revoked: 'Zugang entzogen',
  ask: 'Übertragung anfordern',
  askFor: (name: string) => `Übertragung anfordern: Gerät von ${name}`,
  asked: (when: string) => `Angefordert am ${when}. Das Gerät erfährt es beim nächsten Kontakt.`,
  withdraw: 'Zurücknehmen',
  withdrawn: 'Die Anforderung ist zurückgenommen.',
  withdrawFor: (name: string) => `Anforderung zurücknehmen: Gerät von ${name}`,
  emptySince: (when: string) => `Ein Gerät dieser Person hat am ${when} erklärt, dass nichts mehr auf ihm liegt.`,
};

/** The administration asks to deliver. */
export const askedToDeliver = {
  title: 'Die Verwaltung bittet, zu übertragen.',
  sealed: 'Versiegelte Bögen werden beim nächsten Kontakt übertragen.',
  drafts: 'Was noch in Arbeit ist, schließen Sie bitte ab.',
  toClosing: 'Was noch hier liegt',
};

/** Before a device is handed in. */
export const handIn = {
  title: 'Gerät abgeben',
  lead: 'Bevor Sie das Gerät abgeben, erklärt es gegenüber Ihrem Jobcenter, dass nichts mehr auf ihm liegt. Dafür braucht es Kontakt zur Empfangsstelle.',
  ask: 'Bevor Sie das Gerät abgeben: Liegt noch etwas darauf?',
  open: 'Gerät abgeben',
  check: 'Prüfen und erklären',
  checking: 'Wird geprüft …',
  again: 'Noch einmal prüfen',
  left: 'Auf diesem Gerät liegt noch etwas',
  leftText: 'Es zählt, was alle Personen an diesem Gerät noch haben. Es wurde nichts erklärt.',
  list: 'Was noch hier liegt',
  drafts: (count: number) => `${plural('de', count, 'Bedarfsgemeinschaft', 'Bedarfsgemeinschaften')} in Arbeit`,
  draftsText: 'Bitte abschließen und übergeben, oder verwerfen.',
  sealed: (count: number) => `${forms(count)} noch nicht übergeben`,
  sealedText: 'Bitte übergeben.',
  delivered: (count: number) => `${forms(count)} übergeben, hier noch nicht vernichtet`,
  waitingText: 'Die Kopien bleiben, bis die Sachbearbeitung die Bögen geöffnet hat. Danach noch einmal übergeben.',
  deliveredText: 'Noch einmal übergeben: Dann wird die Kopie vernichtet.',
  marks: (count: number) => `${plural('de', count, 'Person', 'Personen')} auf der MIG-Liste`,
  marksText: 'Bitte kennzeichnen und abhaken, und fehlende Nummern nachtragen.',
  papers: (count: number) => `${plural('de', count, 'Papierbogen', 'Papierbögen')} noch zu schreddern`,
  papersText: 'Bitte schreddern und abhaken.',
  entries: (count: number) => `${plural('de', count, 'Erfassung', 'Erfassungen')} noch nicht beendet`,
  entriesText: 'Bitte die Liste noch einmal öffnen: Nach der Vernichtung verschwindet der Eintrag.',
  done: 'Auf diesem Gerät liegt nichts mehr',
  doneText: 'Die Erklärung ist abgegeben. Die Administration sieht sie. Legen Sie den Ausdruck bitte zum Gerät.',
  sheet: { office: 'Jobcenter', device: 'Gerät', name: 'Erklärt von', at: 'Zeitpunkt', ledger: 'Vernichtungsprotokoll', head: 'Stand des Protokolls', statement: 'Prüfsumme der Erklärung' },
  lines: (count: number) => plural('de', count, 'Zeile', 'Zeilen'),
  signature: 'Datum und Unterschrift',
};
