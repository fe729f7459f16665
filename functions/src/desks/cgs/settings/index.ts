import { categorySetting, slaSetting } from './collection.ts';
import { getCategories, getEscalation, getSlaPolicy } from './get-setting.ts';
import { updateCategories, updateEscalation, updateSlaPolicy } from './update-setting.ts';

/** The SLA policy, that of escalation, and the categories of pendings and cancels. */
export const SETTING_ENDPOINTS = [
  getSlaPolicy,
  updateSlaPolicy,
  getEscalation,
  updateEscalation,
  getCategories,
  updateCategories,
];

export const SETTING_COLLECTIONS = [slaSetting.collection, categorySetting.collection];
