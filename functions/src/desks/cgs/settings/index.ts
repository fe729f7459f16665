import { categorySettings, slaSettings } from './collection.ts';
import { getCategories, getSlaPolicy } from './get-setting.ts';
import { updateCategories, updateSlaPolicy } from './update-setting.ts';

/** The SLA policy, and the categories of pendings and cancels. */
export const SETTING_ENDPOINTS = [getSlaPolicy, updateSlaPolicy, getCategories, updateCategories];

export const SETTING_COLLECTIONS = [slaSettings, categorySettings];
