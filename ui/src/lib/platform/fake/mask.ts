import type { AnswerKey, EntryAnswer, EntryRow, FieldKey, MaskView } from '../../bindings';
import { CommandFailed } from '../platform';
import type { Commander } from './commander';
import { characteristics, QUESTIONS } from './form';
import type { World } from './world';

/** An office's mask: what the app shows of it, beside its file. */
export type FakeMask = Pick<MaskView, 'name' | 'asks_mig' | 'fields' | 'text'>;

/** Of each follow-up, by its place in the form, the question before it. */
const FOLLOW_UP: Record<number, number> = { 2: 1, 3: 0, 5: 4, 7: 6 };

const LABELS = ['1. Deutsche Staatsangehörigkeit', '2. Geburtsort außerhalb und nach 1949 zugezogen', '3. Staatsangehörigkeit als (Spät-)Aussiedler oder Angehörige', '4. Ein Elternteil: Geburtsort außerhalb und nach 1949 zugezogen'];

/** The mask that the app brings. */
const APPS: FakeMask = {
  name: 'Vier Merkmale nach § 4 Abs. 1 MighEV',
  asks_mig: false,
  fields: LABELS.map((label, index) => ({ source: `characteristic_${index + 1}` as FieldKey, label, yes: 'Ja', no: 'Nein', declined: 'Keine Angabe', does_not_apply: null })),
  text: '# Erfassungsmaske von Bogen: wie das Fachverfahren fragt. Format 1.\nformat = 1\nname = "Vier Merkmale nach § 4 Abs. 1 MighEV"\nmig = false\n',
};

/** A mask with the eight questions and codes, as an office could have it. */
export const EIGHT: FakeMask = {
  name: 'Fachverfahren, Reiter „Migration“',
  asks_mig: true,
  fields: ['Staatsangeh. dt.', 'Geb.-Ort außerh.', 'Zuzug n. 1949', 'Spätaussiedler', 'Mutter Geb.-Ort außerh.', 'Mutter Zuzug n. 1949', 'Vater Geb.-Ort außerh.', 'Vater Zuzug n. 1949'].map((label, index) => ({
    source: QUESTIONS[index] as FieldKey,
    label,
    yes: 'J',
    no: 'N',
    declined: 'X',
    does_not_apply: FOLLOW_UP[index] === undefined ? null : '-',
  })),
  text: 'format = 1\nname = "Fachverfahren, Reiter „Migration“"\nmig = true\n',
};

/** Somebody made up, with every kind of value. */
const SOMEBODY: AnswerKey[] = ['no', 'yes', 'yes', 'no', 'declined', 'declined', 'no', 'no'];

/** The eight answers one by one. */
export function eightAnswers(answers: AnswerKey[]): EntryAnswer[] {
  return QUESTIONS.map((question, index) => ({ question, value: answers[index] ?? 'declined', applies: FOLLOW_UP[index] === undefined || answers[FOLLOW_UP[index]] === 'yes' || answers[FOLLOW_UP[index]] === 'declined' }));
}

/** What is put in, in the order of the mask. */
export function maskRows(mask: FakeMask | null, answers: AnswerKey[]): EntryRow[] {
  const four = characteristics(answers);
  const eight = eightAnswers(answers);
  return (mask ?? APPS).fields.map((field, index) => {
    const line = eight.find(({ question }) => question === field.source);
    const value = line?.value ?? four[index] ?? 'declined';
    const applies = line?.applies ?? true;
    return { source: field.source, label: field.label, value, applies, code: applies ? field[value] : (field.does_not_apply ?? field.no) };
  });
}

/** The entry mask of the office. The stand-in reads no files: a text that names the format is the mask with the eight questions. */
export function masking(world: World): Pick<Commander, 'mask_show' | 'mask_check' | 'mask_set'> {
  const view = (mask: FakeMask | null): MaskView => ({ ...(mask ?? APPS), own: mask !== null, example: maskRows(mask, SOMEBODY) });
  const read = (text: string): FakeMask => {
    if (!text.includes('format = 1')) throw new CommandFailed('mask_invalid', { reason: 'syntax', line: '1', detail: 'missing field `format`' });
    if (!text.includes('mig')) throw new CommandFailed('mask_invalid', { reason: 'missing', field: 'father_born_outside' });
    return { ...EIGHT, text };
  };
  return {
    mask_show: () => {
      world.only('admin');
      return view(world.mask);
    },
    mask_check: ({ text }) => {
      world.only('admin');
      return view(read(text));
    },
    mask_set: ({ text }) => {
      world.only('admin');
      world.mask = text === null ? null : read(text);
      return view(world.mask);
    },
  };
}
