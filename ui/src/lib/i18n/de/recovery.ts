/** Two shares of the root key: for a passphrase that was forgotten, and to see that it would work. */
export const recover = {
  open: 'Kennsatz vergessen',
  title: 'Mit zwei Anteilen öffnen',
  lead: 'Zwei Personen, die je einen Anteil am Wurzelschlüssel aufbewahren, kommen mit dem Ausdruck an dieses Gerät. Es vermerkt im Protokoll, dass etwas geöffnet wurde.',
  what: 'Worum geht es?',
  forgotten: 'Ein Kennsatz ist vergessen',
  forgottenHint: 'Die Person setzt einen neuen. Entwürfe, MIG-Liste und Schlüssel bleiben erhalten.',
  drill: 'Probe: Würde es gehen?',
  drillHint: 'Ändert nichts. Am besten einmal im Jahr, an jedem Gerät.',
  who: 'Wessen Kennsatz?',
  newPassphrase: 'Neuer Kennsatz',
  submit: 'Neuen Kennsatz setzen',
  try: 'Probe machen',
  done: 'Neuer Kennsatz gesetzt und entsperrt.',
  tried: 'Ergebnis der Probe',
  states: {
    opens: 'lässt sich öffnen.',
    nothing: 'hat noch nichts hinterlegt. Bitte einmal entsperren, wenn Kontakt zur Empfangsstelle bestand.',
    fails: 'lässt sich nicht öffnen. Bitte den Kennsatz ändern und die Probe wiederholen.',
  },
};

/** A colleague is not there, and somebody waits for what lies here. */
export const takeOver = {
  title: 'Vertretung übernehmen',
  ask: 'Fehlt jemand, der an diesem Gerät arbeitet, und jemand wartet auf einen angefangenen Bogen? Zwei der drei Anteile am Wurzelschlüssel geben ihn an Sie frei.',
  open: 'Vertretung übernehmen …',
  lead: 'Sie bekommen, was eine Kollegin oder ein Kollege auf diesem Gerät hat: Entwürfe, MIG-Liste und Papierbögen, die noch zu schreddern sind. Zwei Personen geben dafür ihre Anteile am Wurzelschlüssel ein.',
  nobody: 'An diesem Gerät arbeitet niemand außer Ihnen.',
  from: 'Wen vertreten Sie?',
  submit: 'Übernehmen',
  sure: (name: string) => `Alles von ${name} übernehmen?`,
  sureText: 'Die Person hat es danach nicht mehr; versiegelte Bögen und ihre Schlüssel bleiben bei ihr. Das Gerät vermerkt es im Protokoll. Es lässt sich nicht zurücknehmen.',
  done: (name: string) => `Sie vertreten ${name}`,
  doneText: 'Bitte legen die beiden ihre Anteile wieder getrennt ab.',
  units: (count: number) => (count === 1 ? '1 Bedarfsgemeinschaft oder Einzelperson' : `${count} Bedarfsgemeinschaften und Einzelpersonen`),
  marks: (count: number) => (count === 1 ? '1 Eintrag der MIG-Liste' : `${count} Einträge der MIG-Liste`),
  papers: (count: number) => (count === 1 ? '1 Papierbogen zum Schreddern' : `${count} Papierbögen zum Schreddern`),
  damaged: (count: number) => (count === 1 ? '1 Eintrag ist nicht lesbar und blieb zurück. Bitte sagen Sie der Administration Bescheid.' : `${count} Einträge sind nicht lesbar und blieben zurück. Bitte sagen Sie der Administration Bescheid.`),
  toUnits: 'Zu den Bögen',
  toMig: 'Zur MIG-Liste',
};
