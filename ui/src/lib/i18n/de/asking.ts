import type { ParentKey } from '../../bindings';

/** The bar above a form. */
export const sitting = {
  back: 'Zur Bedarfsgemeinschaft',
};

/** Turning the device. */
export const turn = {
  open: 'Gerät umdrehen',
  title: 'Gerät umdrehen',
  text: 'Auf dem Bildschirm steht dann nur die Seite der Kundin oder des Kunden, in der gewählten Sprache.',
  code: 'Code',
  codeHint: '4 bis 8 Ziffern, gilt bis zum Sperren. Er führt zurück zu Ihrer Seite; nach drei falschen Versuchen hilft der Kennsatz.',
  submit: 'Umdrehen',
  staff: 'Personal',
  backTitle: 'Zurück zur Seite des Personals',
  backHint: 'Der Code, mit dem das Gerät umgedreht wurde.',
  backSubmit: 'Weiter',
  mainLabel: 'Seite für Kundinnen und Kunden',
};

/** A parent's own answers. */
export const take = {
  ask: { mother: 'Ist die Mutter (Elternteil 1) hier am Tisch? Eigene Angaben übernehmen:', father: 'Ist der Vater (Elternteil 2) hier am Tisch? Eigene Angaben übernehmen:' } satisfies Record<ParentKey, string>,
  name: (label: string) => `Eigene Angaben übernehmen: ${label}`,
  taken: 'eigene Angaben übernommen',
};

/** The introduction. */
export const introduction = {
  aloud: 'Sie können diesen Text vorlesen.',
};

/** One question. */
export const question = {
  place: (place: number, of: number) => `Person ${place} von ${of}`,
  toParent: 'Frage an einen Elternteil über das Kind',
  toYoung: 'Frage an den jungen Menschen selbst',
  toPerson: 'Frage an die Person selbst',
  last: 'Zuletzt:',
  change: 'ändern',
  keys: 'Tasten 1, 2, 3; zurück mit Pfeil links',
  answers: 'Antworten',
  help: 'Hilfe zur Frage',
  toCheck: 'Zur Übersicht',
};

/** The check. */
export const check = {
  title: 'Stimmt alles so?',
  refusedTitle: 'Fertig',
  lead: 'Jede Antwort lässt sich hier noch ändern.',
  openLead: 'Es ist noch nicht alles beantwortet.',
  confirm: 'Ja, so stimmt es',
  confirmNext: (label: string) => `Ja, weiter mit ${label}`,
  next: (label: string) => `Weiter mit ${label}`,
  goOn: 'Weiter mit der nächsten offenen Frage',
  checked: 'Geprüft',
  done: 'Zur Bedarfsgemeinschaft',
  edit: 'Ändern',
  editDone: 'Fertig',
};
