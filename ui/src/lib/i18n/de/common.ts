import type { RoleCode } from '../../bindings';
import { plural } from '../plural';
import { forms, lies } from './counted';

/** The app could not start. */
export const stopped = {
  title: 'Die App konnte nicht starten',
  again: 'Noch einmal versuchen',
};

/** Above everything else, when locking failed. */
export const notLocked = 'Die App ist nicht gesperrt. Bitte lassen Sie das Gerät nicht allein.';

/** A place that does not exist. */
export const missing = {
  title: 'Hier ist nichts zu sehen',
  home: 'Zur Startseite',
};

/** Names of the areas. */
export const areas = {
  units: 'Erheben',
  handover: 'Übergeben',
  queue: 'Erfassen',
  distribute: 'Verteilen',
  office: 'Verwalten',
  settings: 'Einstellungen',
  help: 'Hilfe',
};

/** The quiet place that says what is safe. */
export const safety = {
  label: 'Sicherheit der Daten',
  saved: 'Alles gespeichert',
  drafts: (count: number) => `${plural('de', count, 'Bedarfsgemeinschaft', 'Bedarfsgemeinschaften')} in Arbeit, gespeichert`,
  sealed: (count: number) => `${forms(count)} ${lies(count)} versiegelt auf diesem Gerät`,
  waiting: (count: number) => `${forms(count)} übergeben, Kopie wartet auf die Sachbearbeitung`,
  delivered: (count: number) => `${forms(count)} übergeben, ${count === 1 ? 'wird' : 'werden'} hier vernichtet`,
  numbers: (count: number) => `${count} ${count === 1 ? 'Kundennummer fehlt' : 'Kundennummern fehlen'} noch`,
  papers: (count: number) => `${plural('de', count, 'Papierbogen', 'Papierbögen')} zu schreddern`,
  destroyed: (count: number) => `${count} hier vernichtet`,
  contact: (when: string) => `Letzte Verbindung: ${when}`,
  noContact: 'Noch keine Verbindung zur Empfangsstelle',
  offline: 'Ohne Verbindung. Sie können weiterarbeiten.',
};

/** Standing warnings by their codes. */
export const warnings = {
  one_copy: 'Die Empfangsstelle hält nur eine Kopie vor. Ihr Jobcenter hat das so entschieden.',
  log_fault: 'Das Verzeichnis der Empfangsstelle widerspricht sich. Die App vernichtet nichts mehr. Bitte sagen Sie sofort der Administration Bescheid.',
  team_key_missing: 'Ein Team hat noch keinen Schlüssel. Übergeben ist erst möglich, wenn jemand aus diesem Team die App einmal gestartet hat.',
  fewer_than_two_clerks: 'Ein Team hat weniger als zwei Personen, die Umschläge öffnen können.',
  clock_wrong: 'Die Uhr dieses Geräts geht falsch. Bitte lassen Sie sie stellen.',
  old_drafts: 'Einige Bögen liegen schon länger als einen Tag auf diesem Gerät.',
  no_recovery: 'Vergessen Sie Ihren Kennsatz, ist verloren, was auf diesem Gerät liegt: Für die Anteile am Wurzelschlüssel ist noch nichts hinterlegt. Bitte sagen Sie der Administration Bescheid.',
  canary_failed: 'Ein Probebogen ließ sich in der Sachbearbeitung nicht öffnen. Bitte übergeben Sie vorerst nichts und sagen Sie sofort der Administration Bescheid.',
  canary_silent: 'Seit mehr als neun Tagen hat keine App der Sachbearbeitung einen Probebogen geöffnet. Bitte fragen Sie im Team nach.',
  notes_waiting: 'Die Sachbearbeitung hat eine Rückfrage oder einen Hinweis für Sie.',
} as Record<string, string>;

/** A log of the endpoint that contradicts itself. */
export const logFault = {
  since: (when: string) => `Seit ${when}.`,
  hint: 'Antwortet die richtige Empfangsstelle wieder, kann sie belegen, dass nichts verloren ist. Dann geht es hier weiter.',
  recheck: 'Erneut prüfen',
  cleared: 'Das Verzeichnis der Empfangsstelle passt wieder. Übergeben ist möglich.',
};

/** Names of the roles. */
export const roles = {
  counsellor: 'Integrationsfachkraft',
  case_manager: 'Fallmanagement',
  team_leader: 'Teamleitung',
  clerk: 'Sachbearbeitung',
  admin: 'Administration',
} satisfies Record<RoleCode, string>;

/** What a role does. */
export const roleHints = {
  counsellor: 'füllt Bögen mit den Menschen aus',
  case_manager: 'füllt Bögen mit den Menschen aus',
  team_leader: 'sieht, wie viele Bögen im Team liegen',
  clerk: 'öffnet Umschläge und erfasst sie',
  admin: 'lädt ein und gibt frei',
} satisfies Record<RoleCode, string>;

/** Errors of a form with fields. */
export const form = {
  summary: 'Bitte prüfen Sie Ihre Eingaben',
  required: (label: string) => `Bitte ausfüllen: ${label}.`,
};
