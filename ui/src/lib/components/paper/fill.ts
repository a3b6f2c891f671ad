import type { Information } from '../../bindings';
import { filled } from '../../wording';

/** Where something has to be written by hand. */
const LINE = '_'.repeat(28);

/** A text of the printed form: what the office has not told yet is a line to write on. */
export function onPaper(text: string, information: Information | null): string {
  return information ? filled(text, information) : text.replaceAll(/\{\w+\}/g, LINE);
}
