import { change, copy, letter, rights } from './change.de';
import { age, closing } from './closing.de';
import * as asking from './de/asking';
import * as common from './de/common';
import * as entering from './de/entering';
import * as fleet from './de/fleet';
import * as gate from './de/gate';
import * as handover from './de/handover';
import { notes, problem } from './de/notes';
import * as office from './de/office';
import * as teamkeys from './de/teamkeys';
import * as own from './de/own';
import { reconcile } from './de/reconcile';
import * as recovery from './de/recovery';
import * as sharing from './de/sharing';
import { report } from './de/report';
import * as units from './de/units';
import { errors } from './errors.de';
import { paper, papers, privacy, shred, transcribe } from './paper.de';

/** Every text of the app in German. Its shape is the type of all languages; `de/` has it by area. */
export const de = {
  language: 'de',
  direction: 'ltr' as 'ltr' | 'rtl',
  name: 'Bogen',
  skip: 'Zum Inhalt springen',
  lock: 'Sperren',
  lockKey: 'Sofort sperren: Strg + Umschalt + L',
  locking: 'Wird gesperrt …',
  notCopied: 'Antworten lassen sich nicht kopieren.',
  back: 'Zurück',
  cancel: 'Abbrechen',
  save: 'Speichern',
  close: 'Schließen',
  optional: ' – freiwillig',
  navigation: 'Bereiche',
  demoLabel: 'Demo-Jobcenter',
  demo: 'Demo-Jobcenter zum Üben. Keine echten Angaben.',
  errors,
  age,
  change,
  rights,
  copy,
  letter,
  closing,
  paper,
  papers,
  privacy,
  transcribe,
  shred,
  ...common,
  ...gate,
  ...units,
  ...asking,
  ...handover,
  ...entering,
  ...fleet,
  notes,
  problem,
  ...office,
  ...teamkeys,
  reconcile,
  ...recovery,
  ...sharing,
  ...own,
  report,
};
