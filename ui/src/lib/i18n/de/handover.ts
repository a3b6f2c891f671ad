import type { MigState, SyncEnd } from '../../bindings';
import { plural } from '../plural';
import { forms, lies, people } from './counted';

/** Sealing. */
export const finalise = {
  title: 'Übergeben',
  lead: 'Die Bögen werden versiegelt. Danach kann sie auf diesem Gerät niemand mehr lesen, auch Sie nicht.',
  ready: 'Wird versiegelt',
  leftOut: 'Wer fehlt heute?',
  leftOutHint: 'Wer noch nicht fertig ist, bleibt als Erinnerung in Ihrer Liste. Bitte bestätigen Sie jede Person.',
  leaveOut: (label: string) => `${label} fehlt und wird später gefragt`,
  notAll: 'Bitte bestätigen Sie jede Person, die fehlt, oder füllen Sie ihren Bogen aus.',
  collected: 'Bereits erhoben, also kein Bogen (ein begonnener wird vernichtet)',
  submit: (count: number) => `${forms(count)} versiegeln`,
  done: (count: number) => `${forms(count)} ${count === 1 ? 'ist' : 'sind'} versiegelt`,
  doneText: 'Sie liegen versiegelt auf diesem Gerät, bis die Empfangsstelle ihren Empfang quittiert hat. Danach werden sie hier vernichtet.',
  reminder: 'Wer heute fehlt, bleibt als Erinnerung in Ihrer Liste.',
  toHandover: 'Jetzt übertragen',
  toList: 'Zur Liste',
};

/** Delivery. */
export const handover = {
  title: 'Übergeben',
  tabs: { label: 'Übergabe', handover: 'Übertragen', mig: 'MIG-Liste', notes: 'Rückfragen', ledger: 'Vernichtungsprotokoll' },
  lead: 'Versiegelte Bögen gehen an die Empfangsstelle. Erst wenn deren Quittung geprüft ist, wird hier vernichtet.',
  byItself: 'Das geschieht von selbst, sobald die Empfangsstelle erreichbar ist, auch wenn die App gesperrt ist. Mit dem Knopf geht es sofort.',
  past: 'Bisherige Übergaben',
  pastRow: (destroyed: number, receipts: number) => (destroyed === receipts ? `${forms(destroyed)} gegen Quittung vernichtet` : `${forms(destroyed)} vernichtet, ${receipts} mit Quittung`),
  older: 'Ältere zeigen',
  numbersNext: (count: number) => `Bei ${people(count)} fehlt noch die Kundennummer`,
  drafts: 'in Arbeit, gespeichert',
  sealed: 'versiegelt auf diesem Gerät',
  delivered: 'übergeben, noch nicht vernichtet',
  destroyed: 'hier vernichtet',
  sync: 'Jetzt übertragen',
  syncing: 'Wird übertragen …',
  progress: (done: number, total: number) => `${done} von ${total} übertragen`,
  report: (delivered: number, destroyed: number) => `${forms(delivered)} übergeben, ${destroyed} hier vernichtet.`,
  left: (count: number) => `${forms(count)} ${lies(count)} weiter versiegelt auf diesem Gerät.`,
  held: (count: number) => `Bei ${forms(count)} entscheidet die Sachbearbeitung, weil die Nummer schon einmal vorkam oder das Gerät gesperrt ist.`,
  refused: 'Abgelehnt',
  refusedRow: (record: string, problem: string) => `Umschlag ${record}: ${problem}`,
  migNext: (count: number) => `${plural('de', count, 'Person ist', 'Personen sind')} jetzt mit „MIG“ zu kennzeichnen`,
  ends: {
    done: { title: 'Alles übergeben und hier vernichtet', kind: 'success' },
    nothing: { title: 'Es gibt gerade nichts zu übergeben', kind: 'info' },
    unreachable: { title: 'Die Empfangsstelle ist gerade nicht erreichbar. Alles liegt sicher auf diesem Gerät.', kind: 'info' },
    not_our_endpoint: { title: 'Die Gegenstelle hat sich nicht als Ihre Empfangsstelle ausgewiesen. Nichts wurde vernichtet.', kind: 'warning' },
    refused: { title: 'Die Empfangsstelle hat dieses Gerät abgelehnt. Nichts wurde vernichtet. Bitte wenden Sie sich an die Administration.', kind: 'warning' },
    log_fault: { title: 'Das Verzeichnis der Empfangsstelle widerspricht sich. Die App vernichtet nichts mehr. Bitte sagen Sie sofort der Administration Bescheid.', kind: 'danger' },
    busy: { title: 'Die Empfangsstelle kann gerade nichts annehmen. Alles liegt sicher auf diesem Gerät.', kind: 'info' },
    partly: { title: 'Einige Umschläge wurden abgelehnt. Die anderen sind übergeben und hier vernichtet.', kind: 'warning' },
  } satisfies Record<SyncEnd, { title: string; kind: 'info' | 'success' | 'warning' | 'danger' }>,
};

/** The MIG list. */
export const mig = {
  title: 'MIG-Liste',
  lead: 'Diese Personen sind im Fachverfahren auf der Maske „Allgemeines“ mit „MIG“ zu kennzeichnen. Abgehakt verschwinden sie beim nächsten Sperren von diesem Gerät.',
  empty: 'Niemand ist zu kennzeichnen.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  tick: (who: string) => `${who} ist gekennzeichnet`,
  since: (when: string) => `seit ${when}`,
  bring: 'Kundennummer nachtragen',
  bringFor: (who: string) => `Kundennummer nachtragen: ${who}`,
  numberHint: 'Zum Beispiel 123A456789. Vorher lässt sich „MIG“ nicht setzen und der Bogen nicht erfassen.',
  numberMissing: 'Bitte geben Sie die Kundennummer ein.',
  brought: (who: string) => `${who}: Kundennummer nachgetragen. Bitte kennzeichnen, sobald sie übertragen ist.`,
  states: { due: 'jetzt kennzeichnen', awaits_number: 'bitte Nummer nachtragen', sealed: 'noch nicht übergeben, bitte warten', ticked: 'gekennzeichnet' } satisfies Record<MigState, string>,
};

/** The destruction ledger. */
export const ledger = {
  title: 'Vernichtungsprotokoll',
  lead: 'Jede Zeile belegt, dass ein Bogen vernichtet wurde: auf diesem Gerät, oder nach dem Erfassen bei der Empfangsstelle. Ohne Namen, ohne Nummern, ohne Antworten.',
  chainOk: 'Die Kette ist lückenlos.',
  chainBroken: 'Die Kette ist unterbrochen. Bitte sagen Sie der Administration Bescheid.',
  head: 'Prüfsumme der Kette',
  empty: 'Es wurde noch nichts vernichtet.',
  print: 'Zum Drucken',
  verify: 'Prüfen',
  whole: 'Geprüft: Das Protokoll ist vollständig und echt.',
  notWhole: 'Geprüft: Das Protokoll stimmt nicht.',
  linesOk: (count: number) => `${plural('de', count, 'Zeile', 'Zeilen')}, lückenlos, am Ende fehlt nichts.`,
  linesBroken: (count: number) => `${plural('de', count, 'Zeile', 'Zeilen')}. Die Kette ist unterbrochen oder am Ende fehlt etwas.`,
  receiptsOk: (count: number) => (count === 0 ? 'Keine Zeile nennt eine Quittung.' : `${plural('de', count, 'Quittung', 'Quittungen')}, jede von der Empfangsstelle für genau diesen Umschlag unterschrieben.`),
  receiptsBroken: (ok: number, count: number) => `Nur ${ok} von ${plural('de', count, 'Quittung', 'Quittungen')} sind echt.`,
  tell: 'Bitte löschen Sie nichts und sagen Sie sofort der Administration Bescheid.',
  office: 'Jobcenter',
  printed: 'Gedruckt',
  by: 'Von',
  signature: 'Datum, Unterschrift',
  columns: { seq: 'Nr.', at: 'Zeitpunkt', record: 'Umschlag', kind: 'Anlass', receipt: 'Quittung', digest: 'Prüfsumme' },
  kinds: {
    destroyed: 'nach Quittung',
    paper: 'Papierbogen geschreddert',
    witnessed: 'bei der Empfangsstelle vernichtet',
    forwarded: 'an ein anderes Team weitergeleitet',
    'discarded:created_by_mistake': 'verworfen: versehentlich angelegt',
    'discarded:duplicate': 'verworfen: doppelt angelegt',
    'discarded:moved_away': 'verworfen: weggezogen',
    'discarded:customer_withdrew': 'verworfen: auf Wunsch',
  } as Record<string, string>,
  receipt: (index: number) => `Nr. ${index}`,
};
