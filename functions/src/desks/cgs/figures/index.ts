import { closedFigures, figures, rows, shares, occurrences } from './collections.ts';
import { exportFigures } from './export-figures.ts';
import { getStats } from './get-stats.ts';
import { listFigures } from './list-figures.ts';
import { counts, listTicketCounts } from './list-ticket-counts.ts';

/** Counts and times of tickets. */
export const FIGURE_ENDPOINTS = [getStats, listFigures, exportFigures, listTicketCounts];

export const FIGURE_COLLECTIONS = [counts, figures, closedFigures, rows, shares, occurrences];
