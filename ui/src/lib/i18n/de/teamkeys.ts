import { figure } from './counted';

/** A team's keys: which one forms are sealed to, and what becomes of the old ones. */
export const teamKeys = {
  title: (team: string) => `Schlüssel von ${team}`,
  open: (epoch: number, since: string | null) => `Schlüssel ${epoch}: in Gebrauch${since === null ? '' : ` seit ${since}`}`,
  wanted: 'Ein neuer Schlüssel ist angefordert. Er entsteht, sobald jemand aus dem Team die App startet.',
  closed: (epoch: number) => `Schlüssel ${epoch}: abgelöst`,
  under: (count: number) => `${count === 1 ? '1 Umschlag wird' : `${figure(count)} Umschläge werden`} noch umgeschlüsselt, sobald jemand aus dem Team die App startet.`,
  free: 'Kein Umschlag liegt mehr darunter.',
  wantedGone: (by: string) => `${by} möchte ihn vernichten. Eine zweite Person aus der Verwaltung muss zustimmen.`,
  destroyed: (epochs: string) => `Vernichtet: ${epochs}`,
  renew: 'Schlüssel wechseln …',
  renewFor: (team: string) => `Schlüssel wechseln: ${team}`,
  renewTitle: (team: string) => `Schlüssel von ${team} wechseln?`,
  renewText: 'Die Apps des Teams erzeugen einen neuen Schlüssel und schlüsseln alle Umschläge um, ohne sie anzuzeigen. Das geschieht von selbst, alle 90 Tage und wenn jemand das Team verlässt.',
  renewAction: 'Wechseln',
  renewed: 'Der neue Schlüssel ist angefordert.',
  destroy: 'Vernichten …',
  destroyFor: (epoch: number, team: string) => `Schlüssel ${epoch} von ${team} vernichten`,
  destroyTitle: (epoch: number, team: string) => `Schlüssel ${epoch} von ${team} vernichten?`,
  destroyText: 'Danach öffnet niemand mehr, was damit verschlossen war, auch nicht aus einer Datensicherung. Das lässt sich nicht zurücknehmen.',
  destroyAction: 'Vernichten',
  destroyedDone: (epoch: number) => `Schlüssel ${epoch} ist vernichtet. Die Apps des Teams vergessen ihn beim nächsten Kontakt.`,
  unheardTitle: (count: string) => (count === '1' ? '1 Gerät hat sich noch nicht gemeldet' : `${count} Geräte haben sich noch nicht gemeldet`),
  unheardText: 'Liegt dort noch ein Umschlag unter diesem Schlüssel, kann ihn danach niemand mehr öffnen. Warten Sie, bis die Geräte Verbindung hatten. Geht das nicht, müssen zwei Personen aus der Verwaltung die Vernichtung wollen.',
  anyway: 'Trotzdem vernichten',
  anywayDone: 'Gespeichert. Es fehlt noch die Zustimmung einer zweiten Person aus der Verwaltung.',
};
