import { forms } from './counted';

/** Staff, teams, invitations. */
export const office = {
  title: 'Verwalten',
  waiting: 'Warten auf Freigabe',
  waitingEmpty: 'Niemand wartet.',
  invitedAs: (name: string) => `eingeladen als „${name}“`,
  approve: 'Freigeben',
  approveFor: (name: string) => `${name} freigeben`,
  approveAsk: 'Bitte geben Sie nur frei, wen Sie kennen und wer Ihnen die Anmeldung bestätigt hat.',
  staff: 'Mitarbeitende',
  staffTable: 'Liste der Mitarbeitenden',
  revoked: 'Zugang entzogen',
  revoke: 'Entziehen …',
  revokeFor: (name: string) => `Zugang entziehen: ${name}`,
  revokeTitle: (name: string) => `Zugang entziehen: ${name}?`,
  revokeText: 'Die Person und ihre Geräte können danach nichts mehr öffnen oder anlegen. Was auf den Geräten schon versiegelt ist, kann noch übergeben werden. Das lässt sich nicht zurücknehmen.',
  revokeAction: 'Zugang entziehen',
  invitations: 'Offene Einladungen',
  expires: (when: string) => `gilt bis ${when}`,
  invite: 'Einladen',
  teams: 'Teams',
  teamKey: (epoch: number | null) => (epoch === null ? 'noch kein Schlüssel' : `Schlüssel ${epoch}`),
  holders: (count: number) => (count === 1 ? '1 Person kann öffnen' : `${count} Personen können öffnen`),
  fewHolders: 'Mindestens zwei sollten es sein.',
  teamName: 'Name des Teams',
  teamCreate: 'Team anlegen',
  signs: 'gibt frei',
  signsNot: 'Sie können einladen, aber noch niemanden freigeben',
  signsNotText: 'Dafür müssen zwei Personen mit ihrem Anteil am Wurzelschlüssel an dieses Gerät kommen.',
  toCertify: 'Wurzelschlüssel eingeben',
  columns: { name: 'Name', roles: 'Aufgaben', teams: 'Teams', access: 'Zugang' },
  customers: {
    title: 'Für Kundinnen und Kunden',
    languages: 'Sprachen',
    languagesHint: 'Deutsch ist immer da und gilt. Eine Übersetzung schalten Sie ein, wenn Ihr Jobcenter sie freigegeben hat.',
    notReviewed: 'Noch nicht geprüft',
    reviewed: (by: string, on: string) => `Geprüft von ${by} am ${on.split('-').reverse().join('.')}`,
    controller: 'Verantwortliche Stelle',
    controllerHint: 'Name und Anschrift, wie sie in der Datenschutz-Information stehen sollen (Art. 13 DSGVO).',
    officer: 'Datenschutzbeauftragte Person',
    authority: 'Aufsichtsbehörde',
    returnTo: 'Papierbögen zurück an',
    save: 'Speichern',
    saved: 'Gespeichert. Die Geräte erfahren es beim nächsten Kontakt.',
  },
};

/** A new invitation. */
export const invite = {
  title: 'Einladen',
  name: 'Name',
  roles: 'Aufgaben',
  rolesMissing: 'Bitte wählen Sie mindestens eine Aufgabe.',
  nameMissing: 'Bitte geben Sie einen Namen ein.',
  teams: 'Teams',
  noTeams: 'Es gibt noch kein Team.',
  submit: 'Einladung erstellen',
  done: 'Einladung erstellt',
  doneText: (name: string, when: string) => `Geben Sie diesen Text ${name} persönlich oder auf einem anderen Weg als über die Empfangsstelle: kopiert, gedruckt oder als Datei. Er gilt einmal, bis ${when}, und wird nur jetzt gezeigt.`,
  ticket: 'Einladung',
  qr: 'QR-Code mit dem Text der Einladung',
  save: 'Als Datei sichern',
  saveName: 'Bogen-Einladung.txt',
  copy: 'Einladung kopieren',
  copied: 'Kopiert',
  another: 'Weitere Person einladen',
  back: 'Zurück zur Verwaltung',
};

/** Becoming an administrator with two shares of the root key. */
export const certify = {
  title: 'Administration übernehmen',
  lead: 'Zwei Personen, die je einen Anteil am Wurzelschlüssel aufbewahren, kommen mit dem Ausdruck an dieses Gerät. Danach können Sie Mitarbeitende freigeben und das Jobcenter verwalten.',
  share: (number: number) => `${number}. Anteil`,
  shareHint: 'Beginnt mit bogen-r1. Groß- und Kleinschreibung und Leerzeichen sind egal. Nach dem Übernehmen wird der Schlüssel vergessen.',
  insteadOf: 'Wem wird die Administration dabei entzogen?',
  nobody: 'Niemandem',
  warn: (name: string) => `${name} verliert den Zugang mit allen Geräten`,
  warnText: 'Auch mit einer Kopie des Schlüssels lässt sich danach nichts mehr verwalten. Das lässt sich nicht zurücknehmen.',
  submit: 'Übernehmen',
  done: 'Sie verwalten jetzt das Jobcenter',
  doneText: 'Bitte legen die beiden ihre Anteile wieder getrennt ab. Die anderen Geräte erfahren es beim nächsten Kontakt.',
  toOffice: 'Zur Verwaltung',
  ask: 'Fällt die Administration aus, oder soll es eine zweite geben? Dafür braucht es zwei der drei Anteile am Wurzelschlüssel.',
};

/** Which team gets which forms, and when somebody is told that they wait. */
export const work = {
  title: 'Wohin die Bögen gehen',
  rules: 'Zuständige Teams',
  rulesHint: 'Der Anfang der BG-Nummer entscheidet; passen mehrere, gilt der längste. Was schon versiegelt ist, bleibt bei seinem Team.',
  prefix: 'BG-Nummer beginnt mit',
  prefixMissing: 'Bitte geben Sie den Anfang der BG-Nummer ein, oder entfernen Sie die Zeile.',
  team: 'Team',
  others: 'Alle anderen, und Personen ohne Bedarfsgemeinschaft',
  all: 'Alle Bögen',
  noKey: (name: string) => `${name} hat noch keinen Schlüssel`,
  noKeyText: 'Bögen für dieses Team lassen sich erst versiegeln, wenn eine Person mit der Aufgabe Sachbearbeitung dort zum ersten Mal Kontakt hatte.',
  add: 'Regel hinzufügen',
  remove: 'Entfernen',
  removeFor: (prefix: string) => `Regel entfernen: ${prefix || 'neu'}`,
  deadlines: 'Fristen',
  deadlinesHint: 'Tage von der Übergabe bis zur Erfassung. Wird eine Frist überschritten, sehen es die Genannten; es geht nichts verloren.',
  steps: ['Team', 'Teamleitung', 'Administration', 'Letzte Frist'],
  daysWrong: 'Bitte geben Sie eine ganze Zahl von 1 bis 365 ein.',
  save: 'Speichern',
  saved: 'Gespeichert. Die Geräte erfahren es beim nächsten Kontakt.',
};

/** Forms that wait too long. */
export const deadlines = {
  late: (count: number, days: number) => `${forms(count)} ${count === 1 ? 'wartet' : 'warten'} seit mindestens ${days} Tagen`,
  /** Who has to see to it, step by step. */
  whose: ['(Team)', '(Teamleitung)', '(Teamleitung und Administration)', '(letzte Frist)'],
};
