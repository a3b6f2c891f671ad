import { plural } from '../plural';

/** The very first screen. */
export const start = {
  title: 'Willkommen',
  lead: 'Diese App begleitet einen Bogen vom Gespräch bis zu seiner Vernichtung. Sie braucht dafür einmal die Verbindung zu Ihrem Jobcenter.',
  enrolTitle: 'Ich habe eine Einladung',
  enrolText: 'Die Administration Ihres Jobcenters hat Ihnen einen Text gegeben, der nur einmal gilt.',
  enrolAction: 'Einladung einlösen',
  foundTitle: 'Ich richte ein neues Jobcenter ein',
  foundText: 'Sie brauchen die Adresse der Empfangsstelle und den Code, den sie beim ersten Start ausgedruckt hat.',
  foundAction: 'Jobcenter einrichten',
};

/** Redeeming an invitation. */
export const enrol = {
  title: 'Einladung einlösen',
  ticket: 'Einladung',
  ticketHint: 'Der ganze Text, so wie Sie ihn bekommen haben: eingefügt, oder auf einem der Wege darunter.',
  file: 'Aus einer Datei',
  fileTooLong: 'Diese Datei ist zu groß für eine Einladung. Bitte wählen Sie die Textdatei, die Sie bekommen haben.',
  scan: 'Mit der Kamera lesen',
  scanStop: 'Kamera ausschalten',
  scanning: 'Halten Sie den QR-Code vor die Kamera.',
  scanFailed: 'Die Kamera lässt sich nicht benutzen. Bitte fügen Sie den Text ein oder wählen Sie die Datei.',
  camera: 'Bild der Kamera',
  taken: 'Die Einladung ist übernommen.',
  name: 'Ihr Name',
  nameHint: 'So, wie die Kolleginnen und Kollegen Sie kennen.',
  submit: 'Einlösen',
};

/** Founding an office. */
export const found = {
  title: 'Jobcenter einrichten',
  url: 'Adresse der Empfangsstelle',
  urlHint: 'Zum Beispiel: https://bogen.jobcenter.example',
  code: 'Gründungscode',
  codeHint: 'Steht auf dem Ausdruck der Empfangsstelle.',
  office: 'Name des Jobcenters',
  name: 'Ihr Name',
  nameHint: 'Sie werden die erste Person der Administration.',
  demo: 'Nur zum Üben: Demo-Jobcenter',
  demoHint: 'Jede Seite zeigt dann, dass die Daten nicht echt sind.',
  submit: 'Einrichten',
};

/** The root key on three sheets. */
export const shares = {
  title: 'Bitte jetzt ausdrucken',
  lead: 'Dies ist der Hauptschlüssel Ihres Jobcenters in drei Teilen. Je zwei davon stellen ihn wieder her. Die App zeigt sie nur dieses eine Mal und behält nichts davon.',
  todo: 'Drucken Sie jedes Blatt einzeln und geben Sie die drei Blätter an drei Orte oder drei Personen.',
  share: (number: number) => `Teil ${number} von 3`,
  shareNote: 'Teil des Hauptschlüssels. Verschlossen aufbewahren, nicht zusammen mit einem anderen Teil.',
  fingerprint: 'Kennzeichen des Schlüssels',
  print: (number: number) => `Teil ${number} drucken`,
  done: 'Die drei Teile sind ausgedruckt und verteilt',
  doneNeeded: 'Bitte bestätigen Sie zuerst, dass die drei Teile ausgedruckt sind.',
  finish: 'Weiter zum Entsperren',
};

/** Passphrases. */
export const passphrase = {
  label: 'Kennsatz',
  hint: 'Mindestens 12 Zeichen, am besten vier Wörter, die nichts miteinander zu tun haben. Niemand sonst kennt ihn.',
  again: 'Kennsatz wiederholen',
  differ: 'Die beiden Kennsätze sind nicht gleich.',
  show: 'Kennsatz zeigen',
};

/** Waiting for approval. */
export const waiting = {
  title: 'Ihre Anmeldung wartet auf die Freigabe',
  lead: 'Die Administration prüft, ob Sie es sind, und gibt Sie frei. Sie müssen nichts weiter tun.',
  check: 'Jetzt nachsehen',
  still: 'Noch nicht freigegeben. Bitte geben Sie der Administration Bescheid.',
};

/** A revoked access. */
export const revoked = {
  title: 'Dieser Zugang wurde entzogen',
  lead: 'Auf diesem Gerät können keine neuen Bögen angelegt werden. Versiegelte Bögen können Sie noch übergeben.',
};

/** The lock screen. */
export const unlock = {
  title: 'Entsperren',
  who: 'Wer sind Sie?',
  submit: 'Entsperren',
  working: 'Wird entsperrt …',
  wait: (seconds: number) => `Bitte warten Sie noch ${plural('de', seconds, 'Sekunde', 'Sekunden')}.`,
  lockedNote: 'Gesperrt. Diese Seite zeigt nichts von dem, was auf dem Gerät liegt.',
  other: 'Weitere Person mit Einladung anmelden',
};
