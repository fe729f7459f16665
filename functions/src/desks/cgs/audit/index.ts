import { exportAudit } from './export-audit.ts';
import { listAudit } from './list-audit.ts';

/** The audit log of all desks. */
export const AUDIT_ENDPOINTS = [listAudit, exportAudit];
