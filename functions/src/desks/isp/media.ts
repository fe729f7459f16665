import { mediaEndpoints } from '../../kernel/media/kit.ts';
import { ANSWERS, isp } from './desk.ts';

/** The photos of people; tickets of this desk have none. */
export const MEDIA_ENDPOINTS = mediaEndpoints(isp, { one: ANSWERS.one, holders: [] });
