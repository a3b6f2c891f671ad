import { figure } from './counted';

/** A count as a report tells it; null is one from 1 to 9. */
type Told = number | null;

/** The report on finished weeks. */
export const report = {
  title: 'Datenqualität',
  lead: 'Nur Mengen, nie Personen und nie Antworten.',
  toDistribute: 'Zurück zu „Verteilen“',
  toOffice: 'Zurück zur Verwaltung',
  team: 'Team',
  teamOf: (name: string) => `Team ${name}`,
  span: 'Zeitraum',
  spans: { '12': '12 Wochen', '26': '26 Wochen', '53': '53 Wochen' },
  loading: 'Der Bericht wird geladen …',
  csv: 'CSV sichern',
  print: 'Drucken',
  until: (day: string) => `Stand: Sonntag, ${day}`,
  rounding: 'Alle Zahlen sind auf Zehner abgerundet: 40 heißt 40 bis 49. „Unter 10“ heißt 1 bis 9.',
  empty: 'In diesem Zeitraum wurde nichts übergeben und nichts erfasst.',
  count: (count: Told) => (count === null ? 'unter 10' : figure(count)),
  /** At a bar. */
  short: (count: Told) => (count === null ? '<10' : figure(count)),
  fewLegend: 'unter 10',
  week: (week: number) => `KW ${week}`,
  weekOf: (week: number, year: number) => `KW ${week}/${year}`,
  columns: {
    week: 'Woche',
    begins: 'Beginn',
    handed_over: 'Übergeben',
    held: 'Davon in Klärung',
    entered: 'Erfasst',
    without_entry: 'Ohne Erfassung vernichtet',
    asked: 'Rückfragen',
  },
  chartOf: (title: string) => `Diagramm: ${title}`,
  tableOf: (title: string) => `Tabelle: ${title}`,
  flow: 'Übergeben und erfasst',
  problems: 'Klärungen, Rückfragen und Vernichtung ohne Erfassung',
  problemsHint: 'In Klärung kam, was eine Person entscheiden musste, etwa weil zur Kundennummer schon ein Bogen da war. Rückfragen gingen an die Integrationsfachkraft, weil etwas nicht stimmte. Ohne Erfassung vernichtet wurde, was ersetzt oder verworfen ist.',
  waiting: 'So lange warten Bögen',
  age: 'Wartezeit',
  forms: 'Bögen',
  ages: (from: number, below: number | null) => (below === null ? `ab ${from} Tagen` : `${from} bis unter ${below} Tage`),
  completeness: 'Bedarfsgemeinschaften',
  units: 'Stand',
  number: 'Anzahl',
  complete: 'Vollständig',
  incomplete: 'Unvollständig',
  completenessHint: 'Vollständig heißt: Von jedem Mitglied ist ein Bogen übergeben.',
  staff: 'Der Bericht ist nicht dafür bestimmt, die Arbeit einzelner Personen zu beurteilen.',
};
