import type { NoteCode, ProblemReason } from '../../bindings';

/** What clerks ask and tell about forms that somebody made. */
export const notes = {
  title: 'Rückfragen',
  lead: 'Fragen und Hinweise der Sachbearbeitung zu Bögen, die Sie übergeben haben. Sie sehen Nummern und Gründe, nie Antworten.',
  empty: 'Gerade fragt niemand etwas.',
  open: 'Ansehen',
  number: 'Kundennummer auf dem Bogen',
  corrected: 'Richtige Kundennummer',
  from: (who: string, when: string) => `${who || 'Sachbearbeitung'}, ${when}`,
  kinds: {
    number_unknown: { what: 'Diese Kundennummer gibt es nicht, oder sie gehört zu jemand anderem.', todo: 'Bitte sehen Sie in Ihren Unterlagen nach. Wenn Sie die richtige Nummer kennen, schicken Sie sie. Neu fragen müssen Sie niemanden.' },
    contradictory: { what: 'Die Angaben passen nicht zusammen oder nicht zum Fachverfahren.', todo: 'Bitte klären Sie es mit der Kundin oder dem Kunden. Stimmt der Bogen, bitten Sie um die Erfassung. Sonst nehmen Sie ihn zurück und füllen ihn neu aus.' },
    unreadable: { what: 'Der Bogen zeigt nichts, was sich erfassen lässt.', todo: 'Bitte nehmen Sie ihn zurück und füllen Sie ihn mit der Kundin oder dem Kunden neu aus.' },
    number_corrected: { what: 'Erfasst: Die Kundennummer hatte einen Tippfehler und ist berichtigt.', todo: 'Bitte nehmen Sie im Fachverfahren „MIG“ bei der falschen Nummer zurück und setzen Sie es bei der richtigen.' },
    mig_missing: { what: 'Erfasst, aber der interne Code „MIG“ fehlt.', todo: 'Bitte setzen Sie ihn im Fachverfahren auf der Maske „Allgemeines“.' },
    closed: { what: 'Dieser Hinweis lässt sich hier nicht öffnen.', todo: 'Er gehört zu einem anderen Stand dieses Geräts. Bitte fragen Sie das Team der Leistungsgewährung.' },
  } satisfies Record<NoteCode, { what: string; todo: string }>,
  enter: 'Der Bogen stimmt, bitte erfassen',
  withdraw: 'Nicht erfassen …',
  withdrawTitle: 'Bogen zurücknehmen?',
  withdrawText: 'Die Sachbearbeitung vernichtet ihn dann, ohne ihn zu erfassen. Wenn die Person noch erfasst werden soll, füllen Sie einen neuen Bogen mit ihr aus.',
  withdrawAction: 'Zurücknehmen',
  send: 'Richtige Nummer schicken',
  sendFor: (number: string) => `Richtige Nummer statt ${number} schicken`,
  read: 'Erledigt',
  answered: 'Die Antwort ist unterwegs.',
  done: 'Erledigt und hier entfernt.',
};

/** What a clerk does with a form that cannot be entered as it is. */
export const problem = {
  open: 'Problem …',
  title: 'Was stimmt nicht?',
  label: 'Problem',
  missing: 'Bitte wählen Sie, was nicht stimmt.',
  slip: 'Tippfehler in der Kundennummer, die richtige kenne ich sicher',
  slipHint: 'Sie erfassen unter der richtigen Nummer. Die Integrationsfachkraft erfährt beide Nummern.',
  reasons: {
    number_unknown: 'Die Nummer gibt es nicht, oder sie gehört zu jemand anderem',
    contradictory: 'Die Angaben passen nicht zusammen oder nicht zum Fachverfahren',
    unreadable: 'Der Bogen lässt sich nicht lesen',
  } satisfies Record<ProblemReason, string>,
  reasonHint: 'Geht als Rückfrage an die Integrationsfachkraft: Nummer und Grund, keine Antwort. Der Bogen bleibt bei Ihnen, vernichtet wird nichts.',
  number: 'Richtige Kundennummer',
  numberHint: 'Zum Beispiel 123A456789.',
  numberMissing: 'Bitte geben Sie die richtige Kundennummer ein.',
  differ: 'Die beiden Nummern sind verschieden.',
  send: 'Weiter',
  sent: 'Die Rückfrage ist unterwegs. Der Bogen bleibt in Ihrer Liste.',
  corrected: 'Sie erfassen unter der berichtigten Nummer. Die Integrationsfachkraft wird mit der Bestätigung benachrichtigt.',
  byAuthor: 'Die Integrationsfachkraft hat diese Nummer berichtigt.',
};
