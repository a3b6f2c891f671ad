import type { Asking, MemberState, UnitState } from '../../bindings';
import { figure, people } from './counted';

/** The list of units. */
export const units = {
  title: 'Bedarfsgemeinschaften',
  count: (matching: number, all: number) => (matching === all ? `${figure(all)} insgesamt` : `${figure(matching)} von ${figure(all)}`),
  create: 'Neu anlegen',
  search: 'Suchen',
  searchHint: 'BG-Nummer, Kundennummer oder Bezeichnung',
  state: 'Zeigen',
  all: 'Alle',
  empty: 'Hier ist noch nichts. Legen Sie die erste Bedarfsgemeinschaft an.',
  none: (search: string, state: string) => `Nichts gefunden${search && ` zu „${search}“`}${state && `, Stand „${state}“`}.`,
  showAll: 'Alle zeigen',
  alone: 'Ohne Bedarfsgemeinschaft',
  done: (done: number, total: number) => `${done} von ${total} fertig`,
  noMembers: 'noch keine Person',
  changed: (when: string) => `Zuletzt: ${when}`,
  unchecked: 'vom Papier übernommen, ungeprüft',
  page: (page: number, pages: number) => `Seite ${figure(page)} von ${figure(pages)}`,
  previous: 'Vorige Seite',
  next: 'Nächste Seite',
  states: { open: 'offen', started: 'begonnen', ready: 'bereit zum Übergeben', reminder: 'jemand fehlt' } satisfies Record<UnitState, string>,
};

/** A new unit. */
export const unitNew = {
  title: 'Neu anlegen',
  kind: 'Wen möchten Sie anlegen?',
  withNumber: 'Eine Bedarfsgemeinschaft',
  withNumberHint: 'Mit BG-Nummer',
  alone: 'Eine einzelne Person',
  aloneHint: 'Ohne Bedarfsgemeinschaft, ohne BG-Nummer',
  number: 'BG-Nummer',
  numberHint: 'Zum Beispiel 12345BG0123456 oder 12345//0123456',
  again: 'BG-Nummer noch einmal',
  againHint: 'Zweimal eingeben schützt vor Tippfehlern.',
  label: 'Bezeichnung',
  labelHint: 'Hilft nur Ihnen beim Wiederfinden und bleibt auf diesem Gerät.',
  submit: 'Anlegen',
  numberMissing: 'Bitte geben Sie die BG-Nummer ein.',
  labelMissing: 'Bitte geben Sie eine Bezeichnung ein, damit Sie die Person wiederfinden.',
};

/** One unit. */
export const unit = {
  heading: (number: string) => `BG ${number}`,
  done: (done: number, total: number) => (total === 0 ? 'Wer gehört dazu?' : `${done} von ${total} fertig`),
  lead: {
    none: 'Fügen Sie alle Personen hinzu, die zusammen Leistungen bekommen, auch Kinder.',
    open: (count: number) => `${people(count)} ${count === 1 ? 'ist' : 'sind'} noch offen.`,
    ready: 'Alle sind fertig. Sie können übergeben.',
    nothing: 'Hier ist nichts mehr zu übergeben.',
  },
  handedOver: (count: number) => `${people(count)} schon übergeben`,
  noTeam: 'Das empfangende Team hat noch keinen Schlüssel. Sie können ausfüllen und prüfen, aber noch nicht übergeben.',
  add: 'Person hinzufügen',
  finalise: 'Übergeben …',
  close: 'Abschließen',
  discard: 'Verwerfen …',
  members: 'Personen',
  unnamed: (place: number) => `Person ${place}`,
  noNumber: 'Nummer folgt',
  unchecked: 'vom Papier, ungeprüft',
  begin: 'Beginnen',
  goOn: 'Weiter',
  check: 'Prüfen',
  look: 'Ansehen',
  change: 'Ändern',
  actionFor: (action: string, label: string) => `${action}: ${label}`,
  asking: { to_person: 'antwortet selbst', to_parent: 'Kind, ein Elternteil antwortet', to_young_person: 'ab 15, entscheidet selbst' } satisfies Record<Asking, string>,
  states: { open: 'offen', started: 'begonnen', complete: 'fertig, noch prüfen', checked: 'fertig', already_collected: 'bereits erhoben' } satisfies Record<MemberState, string>,
};

/** Throwing a unit away. */
export const discard = {
  title: 'Bedarfsgemeinschaft verwerfen?',
  text: 'Alle Bögen dieser Bedarfsgemeinschaft, die noch nicht übergeben sind, werden vernichtet. Das lässt sich nicht zurücknehmen. Der Grund steht im Vernichtungsprotokoll, ohne Namen und Nummern.',
  reason: 'Grund',
  reasons: {
    created_by_mistake: 'Versehentlich angelegt',
    duplicate: 'Doppelt angelegt',
    moved_away: 'Weggezogen oder nicht mehr zuständig',
    customer_withdrew: 'Auf Wunsch der Kundin oder des Kunden',
  },
  submit: 'Verwerfen und vernichten',
};

/** Adding and changing a person. */
export const member = {
  addTitle: 'Person hinzufügen',
  changeTitle: 'Person ändern',
  label: 'Bezeichnung',
  labelHint: 'Zum Beispiel „Mutter“ oder „Kind 1“. Bleibt auf diesem Gerät.',
  number: 'Kundennummer',
  numberHint: 'Zum Beispiel 123A456789. Noch keine? Lassen Sie beide Felder leer: Nummer folgt.',
  again: 'Kundennummer noch einmal',
  againHint: 'Zweimal eingeben schützt vor Tippfehlern.',
  asking: 'Wer antwortet?',
  askingHints: {
    to_person: 'Die Person antwortet für sich',
    to_parent: 'Ein Elternteil antwortet für das Kind',
    to_young_person: 'Ab 15 Jahren: entscheidet und antwortet selbst',
  } satisfies Record<Asking, string>,
  collected: 'Bereits erhoben',
  collectedHint: 'Diese Person wurde schon einmal gefragt („MIG“ ist gesetzt). Sie bekommt keinen Bogen.',
  add: 'Hinzufügen',
  addAnother: 'Hinzufügen und weitere Person',
  added: (label: string) => `${label} hinzugefügt.`,
  remove: 'Person entfernen',
  removeTitle: 'Person entfernen?',
  removeText: 'Der angefangene Bogen dieser Person wird vernichtet. Das lässt sich nicht zurücknehmen.',
};
