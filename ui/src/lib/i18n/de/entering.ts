import type { HoldCode, QueueState, ReplacesCode, Value } from '../../bindings';
import { forms, people } from './counted';

/** The clerk's queue. */
export const queue = {
  title: 'Erfassen',
  lead: (count: number) => (count === 0 ? 'Gerade ist nichts zu erfassen.' : `${forms(count)} ${count === 1 ? 'wartet' : 'warten'} auf Sie.`),
  refresh: 'Aktualisieren',
  next: 'Nächsten öffnen',
  open: 'Öffnen',
  openFor: (place: number) => `Bogen ${place} öffnen`,
  caption: 'Wartende Umschläge, die einer Bedarfsgemeinschaft zusammen',
  members: (count: number) => (count === 1 ? 'einzelne Person' : `BG mit ${people(count)}`),
  columns: { group: 'Bedarfsgemeinschaft', stored: 'Eingegangen', team: 'Team', state: 'Stand', action: 'Öffnen' },
  openedBefore: 'war schon geöffnet',
  ledger: 'Vernichtungsprotokoll',
  holds: {
    known_customer: 'Kundennummer kam schon vor',
    revoked_device: 'von einem gesperrten Gerät',
    superseded: 'durch neueren Bogen ersetzt',
  } satisfies Record<HoldCode, string>,
  states: {
    assigned: 'bereit',
    opened: 'geöffnet, nicht bestätigt',
    held: 'Klärung',
    awaits_number: 'wartet auf Kundennummer',
    entered: 'gespeichert',
  } satisfies Record<QueueState, string>,
  entered: 'Gespeichert, noch nicht vernichtet',
  enteredCaption: 'Umschläge, deren Erfassung Sie bestätigt haben und noch rückgängig machen können',
  enteredColumns: { group: 'Bedarfsgemeinschaft', stored: 'Eingegangen', team: 'Team', state: 'Stand', action: 'Rückgängig machen' },
  destroyedAt: (time: string) => `wird um ${time} Uhr vernichtet`,
  undo: 'Rückgängig',
  undoFor: (place: number) => `Rückgängig: gespeicherter Bogen ${place}`,
  undone: 'Rückgängig gemacht. Der Bogen steht wieder in der Liste.',
};

/** The opened form. */
export const entry = {
  title: 'Bogen erfassen',
  openedBefore: 'Dieser Umschlag war schon einmal geöffnet. Vielleicht ist er schon erfasst. Bitte sehen Sie zuerst im Fachverfahren nach.',
  holds: {
    known_customer: 'Zur Klärung: Für diese Kundennummer kam schon ein Bogen. Bitte sehen Sie zuerst im Fachverfahren nach, ob er erfasst ist.',
    revoked_device: 'Zur Klärung: Dieser Umschlag kam von einem gesperrten Gerät. Bitte klären Sie vor dem Erfassen, ob er wirklich von dort stammt.',
    superseded: 'Zur Klärung: Ein neuerer Bogen ersetzt diesen. Bitte erfassen Sie den neueren.',
  } satisfies Record<HoldCode, string>,
  replaces: {
    unopened: { title: 'Änderung: Dieser Bogen ersetzt einen früheren, den niemand geöffnet hat.', todo: 'Der frühere ist vernichtet. Bitte erfassen Sie diesen wie jeden anderen.' },
    perhaps_entered: { title: 'Änderung: Dieser Bogen ersetzt einen früheren, der schon geöffnet war.', todo: 'Bitte sehen Sie im Fachverfahren nach. Steht dort schon etwas, überschreiben Sie alle vier Merkmale mit diesen.' },
    entered: { title: 'Änderung: Der frühere Bogen ist schon erfasst.', todo: 'Bitte berichtigen Sie im Fachverfahren, was dort steht: alle vier Merkmale so, wie sie hier stehen, auch „Keine Angabe“.' },
  } satisfies Record<ReplacesCode, { title: string; todo: string }>,
  discard: 'Nicht erfassen, vernichten …',
  discardTitle: 'Ohne Erfassen vernichten?',
  discardText: {
    known_customer: 'Bitte nur, wenn Sie im Fachverfahren nachgesehen haben und der andere Bogen dieser Person der richtige ist.',
    revoked_device: 'Bitte nur, wenn geklärt ist, dass dieser Bogen nicht von einem Menschen mit diesem Gerät ausgefüllt wurde oder nicht gelten soll.',
    superseded: 'Ein neuerer Bogen ersetzt diesen.',
  } satisfies Record<HoldCode, string>,
  discardForGood: 'Das lässt sich nicht zurücknehmen. Im Vernichtungsprotokoll steht danach eine Zeile, ohne Namen und Nummern.',
  discardAction: 'Vernichten',
  discarded: 'Vernichtet, ohne erfasst zu sein.',
  compare: '1. Nummer vergleichen',
  customer: 'Kundennummer',
  unit: 'BG-Nummer',
  none: 'keine',
  noNumber: 'Nummer folgt. Bitte erst erfassen, wenn die Nummer da ist.',
  characteristics: '2. Merkmale eintragen',
  characteristicsNote: '§ 4 Abs. 1 MighEV',
  names: ['Deutsche Staatsangehörigkeit', 'Geburtsort außerhalb und nach 1949 zugezogen', 'Staatsangehörigkeit als (Spät-)Aussiedler oder Angehörige', 'Ein Elternteil: Geburtsort außerhalb und nach 1949 zugezogen'],
  answers: 'Antworten im Einzelnen',
  doesNotApply: 'entfällt',
  confirm: 'Im Fachverfahren gespeichert',
  confirmNote: 'Danach wird der Umschlag vernichtet. Eine Weile lässt sich das in der Liste rückgängig machen.',
  confirmKey: 'Strg + Eingabe',
  confirmed: (time: string) => `Erfasst. Der Umschlag wird um ${time} Uhr vernichtet. Bis dahin können Sie das in der Liste rückgängig machen.`,
  destroyed: 'Erfasst. Der Umschlag ist vernichtet.',
  back: 'Zurück, ohne zu bestätigen',
  made: (when: string, author: string) => `Ausgefüllt am ${when} von ${author}`,
  values: { yes: 'Ja', no: 'Nein', declined: 'Keine Angabe' } satisfies Record<Value, string>,
};

/** Counts of a team. */
export const distribute = {
  title: 'Verteilen',
  lead: 'Nur Mengen: nie ein Bogen, eine Nummer oder eine Antwort.',
  team: (name: string) => `Team ${name}`,
  waiting: 'warten',
  assigned: 'zugeteilt',
  opened: 'geöffnet',
  held: 'in Klärung',
  awaits_number: 'warten auf Nummer',
  destroyed: 'erledigt und vernichtet',
  oldest: (when: string) => `Ältester Umschlag: ${when}`,
  noOldest: 'Kein Umschlag wartet.',
  empty: 'Es gibt noch kein Team.',
};
