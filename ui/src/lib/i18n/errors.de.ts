import type { ErrorCode } from '../bindings';

/** How an error is told: what happened, that nothing was lost, what to do. */
export interface ErrorText {
  /** What happened, as a heading. */
  happened: string;
  /** What became of the data. */
  safe: string;
  /** What to do now. */
  todo: string;
}

type Params = { [key in string]?: string };

const SAVED = 'Es ging nichts verloren.';
const UNCHANGED = 'Es wurde nichts geändert.';
const SEALED_STAYS = 'Alle versiegelten Bögen liegen weiter sicher auf diesem Gerät.';

/** Seconds as a person counts them. */
function wait(params: Params): string {
  const seconds = Number(params.wait_seconds ?? 0);
  if (seconds <= 1) return 'Sie können es gleich noch einmal versuchen.';
  if (seconds < 90) return `Bitte warten Sie ${seconds} Sekunden und versuchen Sie es dann noch einmal.`;
  return `Bitte warten Sie ${Math.ceil(seconds / 60)} Minuten und versuchen Sie es dann noch einmal.`;
}

/** How often a wrong code may still be typed before the passphrase is asked for. */
function tries(params: Params): string {
  return params.left === '1' ? 'Noch ein Versuch. Danach hilft nur der Kennsatz.' : `Noch ${params.left ?? '2'} Versuche. Danach hilft nur der Kennsatz.`;
}

function expectedNumber(params: Params): string {
  const example = params.kind === 'unit' ? '12345BG0123456' : '123A456789';
  if (params.reason === 'too_short') return `Es fehlen Zeichen. Eine Nummer sieht so aus: ${example}.`;
  if (params.reason === 'too_long') return `Das sind zu viele Zeichen. Eine Nummer sieht so aus: ${example}.`;
  if (params.position) return `Bitte prüfen Sie das Zeichen an Stelle ${params.position}. Eine Nummer sieht so aus: ${example}.`;
  return `Eine Nummer sieht so aus: ${example}.`;
}

/** What is wrong with a rule about where forms go, by the reason. */
const RULES: Record<string, string> = {
  twice: 'Diese Regel gibt es schon.',
  no_default: 'Es fehlt, wohin alle anderen Bögen gehen.',
};

/** What is wrong with the file of an entry mask. Fields are named as in the file. */
function maskFault({ reason, field = '', line = '', detail = '', maximum = '' }: Params): string {
  const faults: Record<string, string> = {
    syntax: `Zeile ${line}: ${detail}.`,
    format: 'Diese App kennt nur format = 1.',
    name: 'Der Name fehlt oder ist zu lang.',
    mixed: 'Die vier Merkmale und die acht Fragen sind gemischt. Es braucht das eine oder das andere.',
    twice: `Das Feld „${field}“ steht zweimal darin.`,
    missing: `Das Feld „${field}“ fehlt. Was in der Maske fehlt, ginge verloren.`,
    label: `Die Beschriftung (label) von „${field}“ fehlt oder ist länger als ${maximum} Zeichen.`,
    code: `Ein Wert von „${field}“ fehlt, ist länger als ${maximum} Zeichen oder kann dort nicht vorkommen.`,
    same_label: `„${field}“ trägt dieselbe Beschriftung wie ein Feld davor. Wer eingibt, könnte sie verwechseln.`,
    same_code: `Zwei Werte von „${field}“ sind gleich. Ja, Nein und Keine Angabe müssen sich unterscheiden.`,
  };
  return faults[reason ?? ''] ?? 'Bitte vergleichen Sie mit der Beschreibung.';
}

/** What is wrong with shares of the root key, by the reason. */
const SHARES: Record<string, string> = {
  no_share: 'Das ist kein Anteil eines Wurzelschlüssels.',
  slip: 'In diesem Anteil ist ein Tippfehler.',
  twice: 'Das ist zweimal derselbe Anteil.',
  other_office: 'Dieser Anteil gehört zu einem anderen Jobcenter.',
  wrong_root: 'Diese beiden Anteile ergeben nicht den Wurzelschlüssel Ihres Jobcenters.',
};

/** A missing code does not pass the type check. */
export const errors: Record<ErrorCode, (params: Params) => ErrorText> = {
  locked: () => ({ happened: 'Die App ist gesperrt.', safe: SAVED, todo: 'Bitte entsperren Sie die App mit Ihrem Kennsatz.' }),
  wrong_passphrase: (params) => ({ happened: 'Der Kennsatz stimmt nicht.', safe: UNCHANGED, todo: wait(params) }),
  too_soon: (params) => ({ happened: 'Nach einem falschen Kennsatz muss die App kurz warten.', safe: UNCHANGED, todo: wait(params) }),
  passphrase_too_short: (params) => ({
    happened: 'Der Kennsatz ist zu kurz.',
    safe: UNCHANGED,
    todo: `Bitte wählen Sie mindestens ${params.minimum ?? '12'} Zeichen, zum Beispiel vier Wörter, die nichts miteinander zu tun haben.`,
  }),
  vault_busy: () => ({ happened: 'Die App läuft auf diesem Gerät schon.', safe: SAVED, todo: 'Bitte verwenden Sie das andere Fenster oder schließen Sie es.' }),
  vault_damaged: (params) => ({
    happened: 'Die Daten auf diesem Gerät sind beschädigt.',
    safe: 'Die App ändert nichts daran. Was übergeben ist, ist nicht betroffen.',
    todo: `Bitte wenden Sie sich an die Administration${params.what ? ` und nennen Sie: ${params.what}` : ''}.`,
  }),
  vault_newer: () => ({ happened: 'Die Daten auf diesem Gerät stammen von einer neueren Fassung der App.', safe: SAVED, todo: 'Bitte lassen Sie die App aktualisieren.' }),
  vault_unsafe: (params) => ({
    happened: 'Der Ordner mit den Daten ist nicht ausreichend geschützt.',
    safe: 'Die App hat ihn nicht geöffnet und nichts geändert.',
    todo: `Bitte wenden Sie sich an die Administration${params.what ? ` und nennen Sie: ${params.what}` : ''}.`,
  }),
  disk_full: () => ({
    happened: 'Der Speicher dieses Geräts ist voll.',
    safe: 'Alles bisher Gespeicherte ist sicher. Nur der letzte Schritt wurde nicht gespeichert.',
    todo: 'Bitte schaffen Sie Platz und wiederholen Sie den letzten Schritt.',
  }),
  disk_fault: () => ({
    happened: 'Der Speicher dieses Geräts antwortet nicht richtig.',
    safe: 'Alles bisher Gespeicherte ist sicher. Nur der letzte Schritt wurde nicht gespeichert.',
    todo: 'Bitte wiederholen Sie den letzten Schritt. Wenn es wieder geschieht, wenden Sie sich an die Administration.',
  }),
  not_found: () => ({ happened: 'Das gibt es hier nicht mehr.', safe: SAVED, todo: 'Bitte gehen Sie zurück zur Liste.' }),
  already_entered: () => ({
    happened: 'Sie haben die Erfassung dieses Bogens schon bestätigt.',
    safe: 'Der Umschlag ist vernichtet, der Beleg liegt auf diesem Gerät.',
    todo: 'Bitte erfassen Sie ihn nicht noch einmal und gehen Sie zurück zur Liste.',
  }),
  mig_open: () => ({ happened: 'Ob der interne Code „MIG“ gesetzt ist, ist noch offen.', safe: UNCHANGED, todo: 'Bitte sehen Sie im Fachverfahren nach und wählen Sie.' }),
  no_reply_key: () => ({ happened: 'Dieser Bogen kommt aus einer älteren App und nimmt keine Rückfragen an.', safe: UNCHANGED, todo: 'Bitte sprechen Sie selbst mit der Integrationsfachkraft.' }),
  mask_invalid: (params) => ({ happened: `Das ist keine Erfassungsmaske. ${maskFault(params)}`, safe: UNCHANGED, todo: 'Bitte ändern Sie die Datei und prüfen Sie sie noch einmal.' }),
  in_grace: () => ({
    happened: 'Sie haben bestätigt, dass dieser Bogen gespeichert ist.',
    safe: UNCHANGED,
    todo: 'Wenn Sie ihn noch einmal öffnen wollen, wählen Sie in der Liste „Rückgängig“.',
  }),
  elsewhere: () => ({
    happened: 'Dieser Bogen liegt nicht oder nicht mehr bei Ihnen.',
    safe: 'Es ging nichts verloren. Wahrscheinlich hat ihn jetzt jemand anderes aus Ihrem Team.',
    todo: 'Bitte gehen Sie zurück zur Liste. Hatten Sie ihn geöffnet, wird die andere Person gewarnt, dass er schon erfasst sein kann.',
  }),
  no_recovery: () => ({
    happened: 'Mit diesen Anteilen lässt sich nichts öffnen: Die Person hat hier noch nichts dafür hinterlegt, oder es ist beschädigt.',
    safe: UNCHANGED,
    todo: 'Mit dem Kennsatz geht es wie immer. Einmal entsperren hinterlegt es neu, wenn Kontakt zur Empfangsstelle bestand.',
  }),
  note_gone: () => ({
    happened: 'Diese Rückfrage ist inzwischen beantwortet, eine andere ist an ihre Stelle getreten, oder der Bogen wurde so erfasst, wie er ist.',
    safe: UNCHANGED,
    todo: 'Bitte sehen Sie die Liste noch einmal an.',
  }),
  changed_meanwhile: () => ({
    happened: 'An diesem Bogen hat sich etwas geändert, seit Sie ihn geöffnet haben: Vielleicht wurde Ihre Rückfrage beantwortet.',
    safe: 'Nichts wurde vernichtet.',
    todo: 'Bitte öffnen Sie ihn noch einmal aus der Liste. Dann sehen Sie, was jetzt gilt.',
  }),
  other_team: (params) => ({
    happened: `Dieser Bogen gehört zu Team ${params.team ?? ''}.`,
    safe: 'Niemand hat ihn gesehen.',
    todo: 'Bitte öffnen Sie ihn noch einmal aus der Liste und leiten Sie ihn weiter.',
  }),
  cannot_forward: () => ({
    happened: 'Dieser Bogen lässt sich nicht weiterleiten.',
    safe: UNCHANGED,
    todo: 'Er war schon zu sehen, ist in Klärung, oder zu ihm gehört ein anderer Umschlag. Bitte erfassen Sie ihn hier.',
  }),
  absence_invalid: () => ({ happened: 'Dieser Tag passt nicht.', safe: UNCHANGED, todo: 'Bitte geben Sie einen Tag nach heute und innerhalb eines Jahres ein.' }),
  nobody_there: () => ({ happened: 'Niemand kann das zurzeit übernehmen.', safe: UNCHANGED, todo: 'Alle anderen sind abwesend oder haben die Quote 0. Bitte ändern Sie das zuerst.' }),
  undo_too_late: () => ({
    happened: 'Das lässt sich nicht mehr rückgängig machen.',
    safe: UNCHANGED,
    todo: 'Die Frist ist vorbei, oder jemand hat schon damit begonnen. Sie können neu umverteilen.',
  }),
  numbers_differ: () => ({ happened: 'Die beiden Nummern sind nicht gleich.', safe: UNCHANGED, todo: 'Bitte vergleichen Sie beide Eingaben.' }),
  number_invalid: (params) => ({ happened: 'Diese Nummer ist nicht vollständig oder enthält einen Tippfehler.', safe: UNCHANGED, todo: expectedNumber(params) }),
  number_twice: () => ({ happened: 'Diese Nummer steht hier schon.', safe: UNCHANGED, todo: 'Bitte suchen Sie die Nummer in der Liste oder in der MIG-Liste.' }),
  text_too_long: (params) => ({ happened: 'Der Text ist zu lang.', safe: UNCHANGED, todo: `Bitte kürzen Sie ihn auf höchstens ${params.maximum ?? '100'} Zeichen.` }),
  text_missing: () => ({ happened: 'Ein Text fehlt.', safe: UNCHANGED, todo: 'Bitte füllen Sie alle Felder aus.' }),
  not_asked: () => ({ happened: 'Diese Frage wird zurzeit nicht gestellt.', safe: SAVED, todo: 'Bitte machen Sie bei der angezeigten Frage weiter.' }),
  cannot_take: () => ({ happened: 'Diese Antworten lassen sich nicht übernehmen.', safe: UNCHANGED, todo: 'Bitte beantworten Sie die Frage direkt.' }),
  turned: () => ({ happened: 'Das Gerät ist gerade umgedreht.', safe: SAVED, todo: 'Der Code führt zurück zu Ihrer Seite.' }),
  code_needed: () => ({ happened: 'Der Code braucht 4 bis 8 Ziffern.', safe: UNCHANGED, todo: 'Bitte wählen Sie einen Code, der nur aus Ziffern besteht.' }),
  pin_weak: (params) => ({ happened: 'Diese PIN ist zu leicht zu erraten.', safe: UNCHANGED, todo: `Bitte wählen Sie ${params.minimum ?? '4'} bis 8 Ziffern, nicht alle gleich und nicht in einer Reihe.` }),
  wrong_pin: (params) => ({ happened: 'Die PIN stimmt nicht.', safe: SAVED, todo: tries(params) }),
  pin_gone: () => ({ happened: 'Die PIN gilt nicht mehr.', safe: SAVED, todo: 'Bitte entsperren Sie mit Ihrem Kennsatz. Danach können Sie in den Einstellungen eine neue PIN setzen.' }),
  number_follows: () => ({ happened: 'Die Kundennummer fehlt noch.', safe: UNCHANGED, todo: 'Bitte tragen Sie sie zuerst in der MIG-Liste nach.' }),
  draft_here: () => ({ happened: 'Der Bogen dieser Person liegt hier noch als Entwurf.', safe: UNCHANGED, todo: 'Bitte ändern Sie ihn dort.' }),
  past_change: () => ({ happened: 'Der Bogen ist schon erfasst, oder nach einer Klärung vernichtet.', safe: UNCHANGED, todo: 'Möglich ist noch ein Schreiben. Die Vorlage finden Sie unter „Meinung geändert“.' }),
  nothing_to_change: () => ({ happened: 'Zu dieser Kundennummer ist kein Bogen bekannt.', safe: UNCHANGED, todo: 'Vielleicht liegt er noch auf dem Gerät einer Kollegin oder eines Kollegen. Sonst nehmen Sie einen neuen Bogen auf.' }),
  superseded: () => ({ happened: 'Ein neuerer Bogen ersetzt diesen.', safe: UNCHANGED, todo: 'Bitte erfassen Sie diesen nicht und öffnen Sie den neueren.' }),
  wrong_code: (params) => ({ happened: 'Der Code stimmt nicht.', safe: SAVED, todo: tries(params) }),
  language_unknown: () => ({ happened: 'Diese Sprache ist hier nicht freigeschaltet.', safe: UNCHANGED, todo: 'Bitte wählen Sie eine andere Sprache.' }),
  not_informed: () => ({ happened: 'Die Person wurde in dieser Sitzung noch nicht informiert.', safe: UNCHANGED, todo: 'Bitte lesen Sie zuerst die Information vor.' }),
  not_checked: (params) => ({
    happened: params.count === '1' ? 'Ein Bogen ist noch nicht geprüft.' : `${params.count ?? 'Einige'} Bögen sind noch nicht geprüft.`,
    safe: SAVED,
    todo: 'Bitte prüfen Sie jeden Bogen oder wählen Sie aus, wer heute fehlt.',
  }),
  nothing_to_finalise: () => ({ happened: 'Es ist noch kein Bogen zum Übergeben bereit.', safe: SAVED, todo: 'Bitte füllen Sie zuerst einen Bogen aus und prüfen Sie ihn.' }),
  team_key_missing: () => ({
    happened: 'Das empfangende Team kann noch keine Umschläge öffnen.',
    safe: 'Die Bögen bleiben gespeichert.',
    todo: 'Sobald jemand aus dem Team die App einmal gestartet hat, können Sie übergeben.',
  }),
  ticket_unreadable: () => ({ happened: 'Die Einladung ist unvollständig.', safe: UNCHANGED, todo: 'Bitte kopieren Sie den ganzen Text der Einladung.' }),
  ticket_invalid: () => ({ happened: 'Diese Einladung gilt nicht mehr.', safe: UNCHANGED, todo: 'Jede Einladung gilt einmal und nur kurz. Bitte lassen Sie sich eine neue geben.' }),
  enrolment_begun: (params) => ({
    happened: 'Diese Einladung oder dieser Gründungscode wurde auf diesem Gerät schon mit einem anderen Kennsatz verwendet.',
    safe: UNCHANGED,
    todo: `Bitte verwenden Sie den Kennsatz von damals oder lassen Sie sich eine neue Einladung geben. ${wait(params)}`,
  }),
  founding_code_wrong: () => ({ happened: 'Der Gründungscode passt nicht zu dieser Empfangsstelle.', safe: UNCHANGED, todo: 'Bitte vergleichen Sie Adresse und Code mit dem Ausdruck.' }),
  root_shares: ({ reason }) => ({
    happened: SHARES[reason ?? ''] ?? 'Es braucht zwei der drei Anteile.',
    safe: UNCHANGED,
    todo: 'Bitte vergleichen Sie mit dem Ausdruck.',
  }),
  rule_invalid: ({ reason }) => ({
    happened: RULES[reason ?? ''] ?? 'So beginnt keine BG-Nummer.',
    safe: UNCHANGED,
    todo: 'Bitte prüfen Sie die Regel.',
  }),
  deadlines_invalid: () => ({ happened: 'Diese Frist passt nicht.', safe: UNCHANGED, todo: 'Bitte wählen Sie vier Fristen von 1 bis 365 Tagen, jede länger als die davor.' }),
  key_in_use: ({ records }) => ({
    happened: records === undefined ? 'Mit diesem Schlüssel werden noch Bögen verschlossen.' : 'Unter diesem Schlüssel liegen noch Umschläge.',
    safe: 'Nichts wurde vernichtet.',
    todo: records === undefined ? 'Bitte wechseln Sie zuerst den Schlüssel.' : 'Sie werden umgeschlüsselt, sobald jemand aus dem Team die App startet.',
  }),
  devices_unheard: () => ({ happened: 'Nicht alle Geräte haben gemeldet, dass dort nichts mehr unter diesem Schlüssel liegt.', safe: 'Nichts wurde vernichtet.', todo: 'Bitte lassen Sie die Geräte Verbindung aufnehmen.' }),
  team_too_small: ({ minimum = '5' }) => ({
    happened: `Berichte gibt es für Teams ab ${minimum} Mitgliedern.`,
    safe: UNCHANGED,
    todo: `Gezählt werden Personen mit der Aufgabe Sachbearbeitung: Bei weniger als ${minimum} ginge es um einzelne. Was gerade wartet, zeigt „Verteilen“.`,
  }),
  already_founded: () => ({ happened: 'Dieses Jobcenter ist schon eingerichtet.', safe: UNCHANGED, todo: 'Bitte lassen Sie sich von der Administration eine Einladung geben.' }),
  already_enrolled: () => ({ happened: 'Dieses Gerät gehört schon zu einem Jobcenter.', safe: UNCHANGED, todo: 'Bitte entsperren Sie die App.' }),
  asking_fixed: () => ({ happened: 'Für diese Person ist schon ein Bogen begonnen. Ob sie selbst gefragt wird, lässt sich jetzt nicht mehr ändern.', safe: UNCHANGED, todo: 'Bitte entfernen Sie die Person und fügen Sie sie neu hinzu.' }),
  no_office: () => ({ happened: 'Dieses Gerät gehört noch zu keinem Jobcenter.', safe: SAVED, todo: 'Bitte lösen Sie eine Einladung ein.' }),
  enrolment_waiting: () => ({ happened: 'Ihre Anmeldung wartet auf die Freigabe.', safe: SAVED, todo: 'Bitte geben Sie der Administration Bescheid.' }),
  not_your_role: () => ({ happened: 'Das gehört nicht zu Ihren Aufgaben.', safe: UNCHANGED, todo: 'Wenn sich Ihre Aufgaben geändert haben, wenden Sie sich an die Administration.' }),
  revoked: () => ({
    happened: 'Dieser Zugang wurde entzogen.',
    safe: 'Versiegelte Bögen können von hier aus noch übergeben werden.',
    todo: 'Bitte wenden Sie sich an die Administration.',
  }),
  staff_changed: () => ({ happened: 'Jemand hat die Aufgaben dieser Person inzwischen geändert.', safe: UNCHANGED, todo: 'Bitte sehen Sie in der Liste nach, was jetzt gilt.' }),
  last_holder: ({ team }) => ({ happened: `Niemand sonst in „${team ?? ''}“ hat den Schlüssel des Teams. Was dafür versiegelt ist, könnte niemand mehr öffnen.`, safe: UNCHANGED, todo: 'Bitte nehmen Sie zuerst jemand anderen in die Sachbearbeitung des Teams auf und lassen Sie beide Apps Verbindung aufnehmen.' }),
  admin_certified: () => ({ happened: 'Diese Person kann freigeben und verliert die Verwaltung nicht auf diesem Weg.', safe: UNCHANGED, todo: 'Dafür braucht es zwei Anteile am Wurzelschlüssel: „Einstellungen“, „Wurzelschlüssel eingeben“.' }),
  cannot_revoke_self: () => ({ happened: 'Sie können sich nicht selbst sperren.', safe: UNCHANGED, todo: 'Das kann nur eine andere Person mit der Rolle Administration.' }),
  unreachable: () => ({ happened: 'Die Empfangsstelle ist gerade nicht erreichbar.', safe: SEALED_STAYS, todo: 'Sie können ohne Verbindung weiterarbeiten und später übergeben.' }),
  not_our_endpoint: () => ({
    happened: 'Die Gegenstelle hat sich nicht als Ihre Empfangsstelle ausgewiesen.',
    safe: 'Es wurde nichts gesendet und nichts vernichtet.',
    todo: 'Vielleicht ist eine Anmeldeseite des WLANs dazwischen. Sonst wenden Sie sich an die Administration.',
  }),
  log_fault: () => ({
    happened: 'Das Verzeichnis der Empfangsstelle widerspricht ihren früheren Quittungen.',
    safe: 'Die App vernichtet deshalb nichts mehr. Alles liegt sicher auf diesem Gerät.',
    todo: 'Bitte sagen Sie sofort der Administration Bescheid.',
  }),
  log_still_faulty: () => ({
    happened: 'Die Empfangsstelle konnte nicht belegen, dass ihr Verzeichnis zu ihren früheren Quittungen passt.',
    safe: 'Die App vernichtet deshalb weiter nichts. Alles liegt sicher auf diesem Gerät.',
    todo: 'Bitte sagen Sie der Administration Bescheid und prüfen Sie später erneut.',
  }),
  endpoint_busy: () => ({ happened: 'Die Empfangsstelle kann gerade nichts annehmen.', safe: SEALED_STAYS, todo: 'Bitte versuchen Sie es später noch einmal.' }),
  endpoint_refused: (params) => ({
    happened: 'Die Empfangsstelle hat das abgelehnt.',
    safe: SEALED_STAYS,
    todo: `Bitte wenden Sie sich an die Administration${params.problem ? ` und nennen Sie: ${params.problem}` : ''}.`,
  }),
  client_too_old: () => ({ happened: 'Diese Fassung der App ist zu alt.', safe: SAVED, todo: 'Bitte lassen Sie die App aktualisieren.' }),
  directory_invalid: () => ({ happened: 'Das Verzeichnis des Jobcenters ließ sich nicht bestätigen.', safe: UNCHANGED, todo: 'Bitte wenden Sie sich an die Administration.' }),
  cannot_open: () => ({ happened: 'Dieser Umschlag lässt sich hier nicht öffnen.', safe: 'Er liegt unverändert bei der Empfangsstelle.', todo: 'Bitte sagen Sie der Teamleitung Bescheid.' }),
  author_invalid: () => ({
    happened: 'Die Unterschrift auf diesem Bogen stimmt nicht.',
    safe: 'Der Umschlag liegt unverändert bei der Empfangsstelle.',
    todo: 'Bitte erfassen Sie ihn nicht und sagen Sie der Administration Bescheid.',
  }),
  key_share_missing: () => ({
    happened: 'Ihre App hat den Schlüssel Ihres Teams noch nicht.',
    safe: 'Die Umschläge liegen unverändert bei der Empfangsstelle.',
    todo: 'Der Schlüssel kommt von selbst, sobald die App einer Kollegin oder eines Kollegen Verbindung hatte.',
  }),
  import_unreadable: (params) => ({
    happened: 'Diese Liste ist nicht lesbar.',
    safe: 'Es wurde nichts übernommen.',
    todo: params.line ? `Bitte prüfen Sie Zeile ${params.line}.` : 'Bitte prüfen Sie die Datei.',
  }),
  sealing_failed: () => ({ happened: 'Das Versiegeln ist fehlgeschlagen.', safe: 'Die Bögen bleiben gespeichert.', todo: 'Bitte versuchen Sie es noch einmal.' }),
  bad_arguments: () => ({ happened: 'Das hat die App nicht verstanden.', safe: UNCHANGED, todo: 'Bitte versuchen Sie es noch einmal. Wenn es wieder geschieht, wenden Sie sich an die Administration.' }),
  internal: () => ({ happened: 'In der App ist ein Fehler aufgetreten.', safe: 'Alles bisher Gespeicherte ist sicher.', todo: 'Bitte versuchen Sie es noch einmal. Wenn es wieder geschieht, wenden Sie sich an die Administration.' }),
};
