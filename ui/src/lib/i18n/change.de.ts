import type { ChangeState } from '../bindings';

/** A change of mind after the handover. */
export const change = {
  title: 'Meinung geändert',
  lead: 'Jemand möchte Antworten nach dem Übergeben ändern oder zurückziehen. Die Kundennummer genügt.',
  number: 'Kundennummer',
  numberHint: 'Zum Beispiel 123A456789',
  numberMissing: 'Bitte geben Sie die Kundennummer ein.',
  look: 'Nachsehen',
  another: 'Andere Nummer',
  states: {
    draft: { title: 'Der Bogen liegt noch auf diesem Gerät', text: 'Er ist nicht übergeben. Antworten lassen sich dort einfach ändern oder löschen.' },
    waiting: { title: 'Der Bogen ist übergeben, aber noch nicht geöffnet', text: 'Ein neuer Bogen tritt an seine Stelle. Der alte wird nicht mehr erfasst, sondern vernichtet.' },
    opened: { title: 'Der Bogen ist geöffnet, vielleicht wird er gerade erfasst', text: 'Ein neuer Bogen tritt an seine Stelle. Die Sachbearbeitung erfährt davon und berichtigt, was schon eingegeben ist.' },
    entered: { title: 'Der Bogen ist erfasst und vernichtet', text: 'In dieser App lässt sich daran nichts mehr ändern. Die Antworten liegen jetzt bei der Statistik der Bundesagentur für Arbeit. Möglich ist noch ein Schreiben.' },
    unknown: { title: 'Zu dieser Nummer ist kein Bogen bekannt', text: 'Vielleicht liegt er noch auf dem Gerät einer Kollegin oder eines Kollegen. Dort lässt er sich ändern, bis er übergeben ist.' },
  } satisfies Record<ChangeState, { title: string; text: string }>,
  unreachable: {
    title: 'Ohne Verbindung lässt sich das nicht nachsehen',
    text: 'Wo der Bogen ist, weiß nur die Empfangsstelle. Es wurde nichts geändert.',
    todo: 'Bitte versuchen Sie es bald noch einmal: Bis der Bogen erfasst ist, lässt er sich ersetzen. Danach bleibt ein Schreiben.',
  },
  toDraft: 'Zum Bogen',
  again: 'Noch einmal nachsehen',
  newForm: 'Neuen Bogen aufnehmen',
  unknownNew: 'Oder Sie nehmen einen neuen Bogen auf. Kommt der andere später doch, klärt es die Sachbearbeitung.',
  label: 'Bezeichnung',
  labelHint: 'Hilft nur Ihnen beim Wiederfinden und bleibt auf diesem Gerät.',
  refill: { title: 'Neu ausfüllen', text: 'Alle Fragen noch einmal. Was im alten Bogen stand, weiß hier niemand.', action: 'Neu ausfüllen' },
  withdraw: {
    title: 'Alles zurückziehen',
    text: 'Ein Bogen ohne Angaben tritt an die Stelle des alten. Gründe braucht es nicht.',
    action: 'Alles zurückziehen …',
    ask: 'Alles zurückziehen?',
    askText: 'Der neue Bogen sagt bei jeder Frage „Keine Angabe“. Nach dem Versiegeln und Übergeben wird der alte nicht mehr erfasst.',
    confirm: 'Alles zurückziehen',
  },
  mark: 'Änderung',
  markText: 'Dieser Bogen tritt an die Stelle eines früheren, sobald er übergeben ist.',
  ask: 'Gab es schon einen Bogen?',
};

/** What the letter after entry is about, for whoever prints it. */
export const rights = {
  title: 'Was jetzt noch geht',
  list: [
    ['Auskunft (Art. 15 DSGVO)', 'Was ist gespeichert, wer hat es bekommen?'],
    ['Berichtigung (Art. 16 DSGVO)', 'Etwas Falsches wird richtiggestellt.'],
    ['Löschung (Art. 17 DSGVO)', 'Die Angaben werden gelöscht, wenn sie nicht mehr gebraucht werden dürfen.'],
    ['Widerspruch (Art. 21 DSGVO)', 'Mit Gründen aus der eigenen Situation.'],
  ] as [string, string][],
  limits: 'Für Statistik können diese Rechte eingeschränkt sein (Art. 17 Abs. 3, Art. 21 Abs. 6 und Art. 89 DSGVO). Das entscheidet die Stelle, die antwortet, nicht Sie. Bitte versprechen Sie nichts.',
  where: 'Das Schreiben geht an die verantwortliche Stelle. Sie leitet es an die Statistik weiter und muss innerhalb eines Monats antworten.',
  withNumber: 'Kundennummer auf das Schreiben drucken',
  withNumberHint: 'Sonst bleibt dort eine Linie zum Eintragen.',
  print: 'Schreiben drucken',
  preview: 'Vorschau des Schreibens',
};

/** The letter itself, in the customer's name. A template: the office signs it off like the wording of the questions. */
export const letter = {
  sender: 'Name und Anschrift',
  to: 'An',
  forward: 'Bitte leiten Sie dieses Schreiben auch an die Statistik der Bundesagentur für Arbeit weiter.',
  number: 'Kundennummer',
  subject: 'Meine freiwilligen Angaben für die Statistik: Ich habe meine Meinung geändert',
  laws: '§ 53 Abs. 7 SGB II, § 281 Abs. 4 SGB III, Verordnung MighEV',
  hello: 'Guten Tag,',
  text: 'ich habe freiwillige Fragen für die Statistik beantwortet. Meine Antworten sind schon eingegeben. Ich bitte Sie um das, was ich angekreuzt habe:',
  wishes: [
    { text: 'Bitte sagen Sie mir, welche dieser Angaben über mich gespeichert sind und wer sie bekommen hat (Auskunft, Art. 15 DSGVO).', line: false },
    { text: 'Bitte berichtigen Sie diese Angaben (Art. 16 DSGVO). Richtig ist:', line: true },
    { text: 'Bitte löschen Sie diese Angaben (Art. 17 DSGVO).', line: false },
    { text: 'Ich widerspreche der Verarbeitung dieser Angaben (Art. 21 DSGVO). Meine Gründe:', line: true },
  ],
  answer: 'Bitte antworten Sie mir innerhalb eines Monats (Art. 12 Abs. 3 DSGVO). Wenn Sie einer Bitte nicht folgen, nennen Sie mir bitte den Grund.',
  place: 'Ort, Datum',
  signature: 'Unterschrift',
  advice: 'Beratung zum Datenschutz',
  complaint: 'Beschwerde',
};

/** A copy for the customer, as long as the form is not entered (Art. 15 Abs. 3 DSGVO). A template, like the letter. */
export const copy = {
  open: 'Auskunft drucken …',
  title: 'Auskunft für die Kundin oder den Kunden',
  who: 'Nur für die Person selbst',
  whoText: 'Bitte prüfen Sie, wer fragt. Der Ausdruck enthält alle Antworten. Bei einem Kind ist es die gesetzliche Vertretung. Bitte bewahren Sie keinen Ausdruck auf.',
  print: 'Drucken',
  back: 'Zurück zum Bogen',
  sheet: 'Ausdruck',
  subject: 'Auskunft über Ihre freiwilligen Angaben',
  laws: 'Art. 15 DSGVO · § 53 Abs. 7 SGB II, § 281 Abs. 4 SGB III, Verordnung MighEV',
  office: 'Verantwortlich',
  made: 'Ausgefüllt',
  notAsked: 'nicht gefragt',
  purpose: 'Die Angaben sind freiwillig und dienen der Statistik der Bundesagentur für Arbeit. Sie haben keinen Einfluss auf Ihre Leistungen.',
  next: 'Die Sachbearbeitung gibt sie in das Fachverfahren ein. Danach wird dieser Bogen vernichtet, und diese Auskunft lässt sich hier nicht mehr geben.',
  rights: 'Sie können Ihre Angaben berichtigen oder zurückziehen, ohne Gründe zu nennen. Bis sie eingegeben sind, genügt es, das im Jobcenter zu sagen; danach bitte schriftlich.',
};
