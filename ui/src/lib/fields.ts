import { app } from './app.svelte';
import type { ErrorCode } from './bindings';
import { t } from './i18n';
import { CommandFailed } from './platform/platform';

/** What is wrong with a form, by the id of the field. */
export type FieldErrors = Record<string, string | undefined>;

/** Says which of these fields are empty. Each is given as `[text, label]`. */
export function required(fields: Record<string, [text: string, label: string]>): FieldErrors {
  return Object.fromEntries(Object.entries(fields).map(([id, [text, label]]) => [id, text.trim() ? undefined : t.form.required(label)]));
}

/** What is wrong with a repeated passphrase. */
export function same(passphrase: string, again: string): string | undefined {
  return passphrase === again ? undefined : t.passphrase.differ;
}

/** A failure at the field it belongs to; one that belongs to none is shown above the view. */
export function fieldErrors(thrown: unknown, places: Partial<Record<ErrorCode, string>>): FieldErrors {
  const failed = CommandFailed.from(thrown);
  const place = places[failed.code];
  if (place === undefined) {
    app.fail(failed);
    return {};
  }
  const { happened, todo } = t.errors[failed.code](failed.params);
  return { [place]: `${happened} ${todo}` };
}

/** A whole number between these two, both included; undefined for anything else. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}
