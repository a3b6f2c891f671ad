import { keys } from '../keys.de';

/** Settings. */
export const settings = {
  title: 'Einstellungen',
  passphrase: 'Kennsatz ändern',
  old: 'Bisheriger Kennsatz',
  fresh: 'Neuer Kennsatz',
  changed: 'Der Kennsatz ist geändert.',
  look: 'Darstellung',
  looks: { system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  textSize: 'Textgröße',
  textSizes: { '100': 'Normal', '125': 'Groß (125 %)', '150': 'Sehr groß (150 %)' },
  lookNote: 'Beides gilt, bis das Fenster geschlossen wird.',
};

/** Help. */
export const help = {
  title: 'Hilfe',
  version: (version: string) => `Fassung ${version}`,
  where: 'Wo die Daten liegen',
  whereText: [
    'Angefangene Bögen liegen verschlüsselt auf diesem Gerät. Nur Ihr Kennsatz öffnet sie.',
    'Versiegelte Bögen kann auf diesem Gerät niemand lesen. Nur das empfangende Team öffnet sie.',
    'Nach der geprüften Quittung der Empfangsstelle werden sie hier vernichtet. Das Vernichtungsprotokoll belegt es.',
  ],
  idle: 'Nach zehn Minuten ohne Eingabe sperrt sich die App von selbst. Ist das Gerät umgedreht, nach dreißig.',
  keyboard: 'Mit der Tastatur',
  keys,
  paper: 'Papier und Datenschutz',
  wording: 'Wortlaut der Fragen',
  wordingStatus: (version: number, status: string) => `Fassung ${version} des Bogens. ${status}.`,
};
