import type { Endpoint } from '../http/endpoint.ts';
import { getLinkedMedia, getMedia, getMediaDetails, getMediaLink } from './read-endpoints.ts';
import { type MediaDesk, serveMedia } from './served.ts';
import { type MediaStyle, peopleOf } from './style.ts';
import { uploadMedia } from './upload.ts';

/** The endpoints by which people of a desk upload photos and films, and see them. */
export const mediaEndpoints = <A, Role extends string>(
  desk: MediaDesk<A, Role>,
  style: MediaStyle<A>,
): readonly Endpoint[] => {
  const holders = [...style.holders, peopleOf(desk.settings.name)];
  const served = serveMedia(desk, { ...style, holders });
  const made = [uploadMedia, getMedia, getMediaDetails, getMediaLink, getLinkedMedia];
  return made.map((make) => make(served));
};
