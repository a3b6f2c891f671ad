import type { Asking } from '../bindings';
import { plural } from './plural';

/** The form on paper, for staff: printing it. */
export const paper = {
  title: 'Bogen auf Papier',
  lead: 'Zum Mitgeben oder Auslegen. Die Information zum Datenschutz steht auf der Rückseite.',
  menu: 'Papier',
  give: 'Bogen mitgeben',
  blank: 'Leeren Bogen drucken',
  language: 'Sprache',
  onlyGerman: 'Nur Deutsch',
  withGerman: (language: string) => `Deutsch + ${language}`,
  asking: 'Wer füllt den Bogen aus?',
  askings: {
    to_person: 'Die Person für sich',
    to_parent: 'Ein Elternteil für ein Kind',
    to_young_person: 'Ein junger Mensch ab 15 Jahren',
  } satisfies Record<Asking, string>,
  print: 'Drucken',
  preview: 'Vorschau',
  front: 'Vorderseite',
  back: 'Rückseite',
  duplex: 'Bitte beidseitig drucken. Einen Bogen, der zurückkommt, geben Sie nur verschlossen weiter.',
  numberPrinted: 'Die Kundennummer steht auf diesem Bogen. Bitte geben Sie ihn nur dieser Person.',
  noInformation: 'Ihr Jobcenter hat noch nicht eingetragen, wer verantwortlich ist und wohin der Bogen zurückgeht.',
  noInformationText: 'Auf dem Bogen stehen dort leere Linien. Bitte geben Sie der Administration Bescheid.',
  toLock: 'Zurück zum Entsperren',
};

/** Typing in a form that came back on paper. */
export const transcribe = {
  open: 'Vom Papier abtippen',
  title: 'Vom Papier abtippen',
  lead: (label: string) => `${label} · Leere Zeile auf dem Papier: „Keine Angabe“`,
  keys: [
    ['J', 'Ja'],
    ['N', 'Nein'],
    ['K', 'Keine Angabe'],
    ['↑ ↓', 'Zeile'],
    ['A', 'alles abgelehnt'],
    ['Eingabe', 'Übersicht'],
  ] as [string, string][],
  keysLabel: 'Tasten',
  questions: 'Antworten auf dem Papier',
  later: 'nur wenn Ja',
  refuse: (text: string) => `Angekreuzt: „${text}“`,
  finish: 'Zur Übersicht',
  stillOpen: (number: number) => `Frage ${number} ist noch offen. Leer auf dem Papier: K.`,
};

/** Destroying the paper after it was typed in. */
export const shred = {
  title: 'Papierbogen jetzt schreddern (P-5)',
  lead: 'Die Antworten sind gespeichert und geprüft. Das Papier wird nicht mehr gebraucht und darf nicht liegen bleiben.',
  done: 'Der Papierbogen ist geschreddert',
  doneHint: 'Aktenvernichter der Sicherheitsstufe P-5 nach DIN 66399. Nicht in den Papierkorb.',
  needed: 'Bitte schreddern Sie den Papierbogen und bestätigen Sie es.',
  submit: 'Weiter',
  gone: 'Kein Papierbogen zu schreddern',
  goneLead: 'Für diese Person steht kein Papierbogen auf der Liste. Er ist schon als geschreddert bestätigt, der Bogen wurde nicht vom Papier abgetippt, oder er ist schon übergeben: Dann steht das Blatt bei „Feierabend“.',
  later: 'Später schreddern',
  laterHint: 'Ist gerade kein Aktenvernichter da, schließen Sie das Papier ein. Der Bogen bleibt bis zur Bestätigung bei „Feierabend“ auf der Liste.',
};

/** Sheets that were typed in and are not shredded yet. */
export const papers = {
  title: 'Papierbögen schreddern',
  lead: 'Papier, das abgetippt und geprüft ist, wird nicht mehr gebraucht.',
  /** Instead of the button, where the sheet is the only place that holds everything. */
  needed: 'Noch nicht fertig abgetippt',
  count: (count: number) => `${plural('de', count, 'Papierbogen', 'Papierbögen')} zu schreddern`,
  since: 'Abgetippt:',
  shredded: 'Ist geschreddert',
  shreddedFor: (who: string) => `Ist geschreddert: ${who}`,
  done: (who: string) => `${who}: Papierbogen geschreddert, steht im Vernichtungsprotokoll.`,
  empty: 'Kein Papierbogen ist zu schreddern.',
  why: 'Warum gleich schreddern?',
  whyText: [
    'Auf dem Papier stehen sehr persönliche Antworten offen lesbar. Alles andere an diesem Weg ist verschlüsselt, das Papier nicht.',
    'Die Verordnung verlangt, dass der Bogen nach der Eingabe vernichtet wird (§ 4 Abs. 2 MighEV).',
    'Sicherheitsstufe P-5 nach DIN 66399: Teilchen von höchstens 30 mm². Ein Streifenschnitt oder der Papierkorb reicht nicht.',
  ],
};

/** The information of Art. 13 GDPR, for staff. */
export const privacy = {
  noInformation: 'Ihr Jobcenter hat noch nicht eingetragen, wer verantwortlich ist und wer berät.',
  noInformationText: 'Bitte geben Sie der Administration Bescheid. Bis dahin ist diese Seite nicht vollständig.',
};
