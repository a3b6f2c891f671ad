import type { RoleCode } from '../../bindings';
import { keys } from '../keys.de';
import { plural } from '../plural';

const minutes = (count: number) => plural('de', count, 'Minute', 'Minuten');

/** The way of a form, for whoever fills it in with people. */
const collecting = [
  '„Erheben“: Bedarfsgemeinschaft anlegen, alle Personen hinzufügen, auch Kinder.',
  'Information vorlesen, dann Frage für Frage. Jede Antwort ist sofort gespeichert.',
  'Bogen prüfen und „Übergeben“: Er wird versiegelt. Ab da kann ihn auf diesem Gerät niemand mehr lesen.',
  'Ist er übertragen, steht die Person in der MIG-Liste: im Fachverfahren kennzeichnen und abhaken.',
  'Am Ende des Tages „Feierabend“: zeigt, was noch zu tun ist, und sperrt.',
];

/** Settings. */
export const settings = {
  title: 'Einstellungen',
  passphrase: 'Kennsatz ändern',
  old: 'Bisheriger Kennsatz',
  fresh: 'Neuer Kennsatz',
  changed: 'Der Kennsatz ist geändert.',
  look: 'Darstellung',
  looks: { system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  textSize: 'Textgröße',
  textSizes: { '100': 'Normal', '125': 'Groß (125 %)', '150': 'Sehr groß (150 %)' },
  lookNote: 'Beides gilt, bis das Fenster geschlossen wird.',
  versions: 'Fassungen',
};

/** When the app locks by itself. */
export const lockAfter = {
  title: 'Von selbst sperren',
  lead: 'Berührt niemand das Gerät, sperrt sich die App. Kürzer ist sicherer. Es geht nichts verloren: Nach dem Entsperren sind Sie wieder bei derselben Frage.',
  minutes: 'Minuten bis zum Sperren',
  minutesHint: '1 bis 60. Vor dem Aufstehen besser gleich sperren.',
  turned: 'Minuten, wenn umgedreht',
  turnedHint: '1 bis 60. Lesen in einer zweiten Sprache braucht Zeit.',
  wrong: 'Bitte geben Sie eine ganze Zahl von 1 bis 60 ein.',
  saved: 'Gespeichert.',
};

/** The PIN of the day. */
export const pin = {
  title: 'PIN des Tages',
  lead: 'Mit einer PIN entsperren Sie heute schneller. Am Morgen und nach drei falschen Versuchen braucht es wieder den Kennsatz. Die PIN gilt nur auf diesem Gerät.',
  label: 'PIN',
  fresh: 'Neue PIN',
  hint: '4 bis 8 Ziffern, nicht alle gleich und nicht in einer Reihe. Bitte eine andere als der Code zum Umdrehen.',
  submit: 'PIN setzen',
  set: 'Die PIN ist gesetzt.',
  until: (when: string) => `Ihre PIN gilt bis ${when}.`,
  forget: 'PIN löschen',
  forgotten: 'Die PIN ist gelöscht. Sie entsperren mit dem Kennsatz.',
  pad: 'Ziffern',
  erase: 'Löschen',
  passphrase: 'Mit Kennsatz entsperren',
};

/** Help. */
export const help = {
  title: 'Hilfe',
  version: (version: string) => `Fassung ${version}`,
  begin: 'So geht es',
  ways: {
    counsellor: collecting,
    case_manager: collecting,
    clerk: [
      '„Erfassen“ zeigt die Umschläge, die Ihnen zugeteilt sind, eine Bedarfsgemeinschaft hintereinander.',
      'Öffnen, zuerst die Nummer vergleichen, dann die vier Merkmale ins Fachverfahren eintragen und dort speichern.',
      'Danach „Im Fachverfahren gespeichert“: Der nächste Umschlag öffnet sich.',
      'Vertan? Unter „Gespeichert, noch nicht vernichtet“ steht, bis wann Sie einen Bogen zurückholen können. Danach wird er vernichtet.',
      '„Klärung“ heißt: Bitte erst im Fachverfahren nachsehen. Der Grund steht dabei.',
    ],
    team_leader: ['„Verteilen“ zeigt, wie viele Umschläge im Team bei wem liegen. Nur Mengen: nie ein Bogen, eine Nummer oder eine Antwort.', 'Sie legen fest, wer wie viel bekommt und wer abwesend ist, und können umverteilen. War ein Bogen schon geöffnet, wird die nächste Person gewarnt.', '„Datenqualität“ zeigt es nach Wochen, zum Drucken und als CSV: auf Zehner abgerundet und für Teams ab fünf Mitgliedern.'],
    admin: [
      '„Verwalten“: Teams anlegen, einladen und freigeben, wer seine Einladung eingelöst hat.',
      'Bitte geben Sie nur frei, wen Sie kennen und wer Ihnen die Anmeldung bestätigt hat.',
      'Unter „Für Kundinnen und Kunden“ stehen Sprachen und Datenschutz-Information.',
    ],
  } satisfies Record<RoleCode, string[]>,
  where: 'Wo die Daten liegen',
  whereText: [
    'Angefangene Bögen liegen verschlüsselt auf diesem Gerät. Nur Ihr Kennsatz öffnet sie.',
    'Versiegelte Bögen kann auf diesem Gerät niemand lesen. Nur das empfangende Team öffnet sie.',
    'Nach der geprüften Quittung der Empfangsstelle werden sie hier vernichtet. Das Vernichtungsprotokoll belegt es.',
  ],
  locking: 'Sperren',
  idle: (own: number, turned: number) => `Nach ${minutes(own)} ohne Eingabe sperrt sich die App von selbst. Ist das Gerät umgedreht, nach ${minutes(turned)}.`,
  lockText: [
    'Vor dem Aufstehen: „Sperren“ oben rechts oder Strg + Umschalt + L. Nach dem Entsperren sind Sie wieder bei derselben Frage.',
    'Kopieren lassen sich nur Nummern und Einladungen. Beim Sperren wird die Zwischenablage geleert.',
  ],
  toSettings: 'Zeit und PIN einstellen',
  questions: 'Was tun, wenn …',
  answers: [
    ['… jemand nicht antworten möchte?', '„Ich möchte nicht antworten“ unter jeder Frage. Der Bogen geht denselben Weg wie alle anderen.'],
    ['… jemand die Meinung ändert?', 'Vor dem Übergeben im Bogen selbst. Danach über „Meinung geändert“, solange der Bogen nicht erfasst ist.'],
    ['… die Kundennummer noch fehlt?', 'Beide Felder leer lassen: „Nummer folgt“. Sie tragen sie später in der MIG-Liste nach.'],
    ['… keine Verbindung da ist?', 'Weiterarbeiten. Versiegelte Bögen gehen von selbst hinaus, sobald die Empfangsstelle erreichbar ist.'],
    ['… Sie den Kennsatz vergessen haben?', 'Niemand kann ihn wiederherstellen. Übergebenes ist sicher; offene Bögen nehmen Sie neu auf. Die Administration lädt Sie neu ein.'],
    ['… das Gerät verloren ist?', 'Bitte sofort der Administration sagen. Sie entzieht dem Gerät den Zugang; lesen kann darauf niemand etwas.'],
  ] as [string, string][],
  keyboard: 'Mit der Tastatur',
  keys,
  paper: 'Papier und Datenschutz',
  wording: 'Wortlaut der Fragen',
  wordingStatus: (version: number, status: string) => `Fassung ${version} des Bogens. ${status}.`,
};

export const versions = {
  older: (version: number) => `Begonnen in Fassung ${version} des Bogens`,
  stays: 'Der Bogen bleibt dabei, bis er fertig ist. In der heutigen Fassung ist neu:',
  new: (version: number) => `Neu in Fassung ${version}`,
};
