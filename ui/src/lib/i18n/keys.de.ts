/** What the keyboard does, by the place where it does it. */
export const keys: { where: string; keys: [string, string][] }[] = [
  {
    where: 'Überall',
    keys: [
      ['Tabulator', 'zum nächsten Feld oder Knopf'],
      ['Umschalt + Tabulator', 'zum vorigen Feld oder Knopf'],
      ['Eingabe', 'Knopf oder Link auslösen, Formular abschicken'],
      ['Leertaste', 'ankreuzen oder Knopf auslösen'],
      ['Escape', 'Dialog schließen'],
      ['Strg + Umschalt + L', 'sofort sperren'],
    ],
  },
  {
    where: 'Beim Fragen',
    keys: [
      ['1, 2, 3', 'Ja, Nein, Keine Angabe'],
      ['Pfeil links oder Rücktaste', 'eine Frage zurück'],
    ],
  },
  {
    where: 'Beim Abtippen vom Papier',
    keys: [
      ['J, N, K oder 1, 2, 3', 'Ja, Nein, Keine Angabe, und weiter zur nächsten Zeile'],
      ['Pfeil auf, Pfeil ab', 'eine Zeile zurück oder vor'],
      ['A', 'alles abgelehnt, noch einmal A nimmt es zurück'],
      ['Eingabe', 'zur Übersicht'],
    ],
  },
  {
    where: 'Beim Erfassen',
    keys: [
      ['Eingabe', 'Nummern stimmen überein, danach: zum nächsten Feld'],
      ['Pfeil auf, Pfeil ab', 'ein Feld zurück oder vor'],
      ['Strg + Eingabe', 'einen erfassten Bogen bestätigen'],
    ],
  },
];
