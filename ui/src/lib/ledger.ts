import type { LedgerPage, LedgerRow } from './bindings';

/** How many lines are asked for at once. */
export const PAGE = 200;
/** What lies further apart than this, in seconds, was not one handover. */
const PAUSE = 5 * 60;

/** One handover of the past: destructions that followed each other. */
export interface PastDelivery {
  /** When its last form was destroyed, Unix seconds. */
  at: number;
  /** Sequence number of its newest line. */
  seq: number;
  /** Forms destroyed here. */
  destroyed: number;
  /** Those of them whose line names a receipt. */
  receipts: number;
}

/** Handovers from lines of the ledger, newest first; what was discarded, shredded or entered belongs to none. */
export function deliveries(rows: readonly LedgerRow[]): PastDelivery[] {
  const found: (PastDelivery & { oldest: number })[] = [];
  for (const row of rows.filter(({ kind }) => kind === 'destroyed')) {
    const receipt = row.receipt_index === null ? 0 : 1;
    const last = found.at(-1);
    if (last && last.oldest - row.at <= PAUSE) {
      last.destroyed += 1;
      last.receipts += receipt;
      last.oldest = row.at;
    } else found.push({ at: row.at, seq: row.seq, destroyed: 1, receipts: receipt, oldest: row.at });
  }
  return found.map(({ at, seq, destroyed, receipts }) => ({ at, seq, destroyed, receipts }));
}

/** Every line, page by page. A line that is written meanwhile shifts the pages: it is read twice at most, and counted once. */
export async function allRows(read: (offset: number, limit: number) => Promise<LedgerPage>): Promise<LedgerRow[]> {
  const rows = new Map<number, LedgerRow>();
  for (let offset = 0; ; ) {
    const page = await read(offset, PAGE);
    for (const row of page.rows) rows.set(row.seq, row);
    offset += page.rows.length;
    if (page.rows.length === 0 || offset >= page.all) break;
  }
  return [...rows.values()].sort((a, b) => b.seq - a.seq);
}
