import type { z } from 'zod';
import { type IdentityDesk, type Served, serve } from '../identity/served.ts';
import type { Media } from './collection.ts';
import type { MediaStyle } from './style.ts';
import { mediaToWire, mediaWire } from './wire.ts';

/** A desk with its style, from which its endpoints about photos and films are made. */
export interface ServedMedia<A> extends Served<A, MediaStyle<A>> {
  readonly base: string;
  readonly schema: z.ZodType;
  /** A photo or film as the desk answers with it. */
  readonly toWire: (media: Media) => unknown;
}

export type MediaDesk<A, Role extends string> = IdentityDesk<A, Role> & {
  readonly settings: { readonly base: string };
};

export const serveMedia = <A, Role extends string>(
  desk: MediaDesk<A, Role>,
  style: MediaStyle<A>,
): ServedMedia<A> => {
  const { base } = desk.settings;
  const urlOf = (id: string): string => `${base}/media/${id}`;
  const { pathOf = urlOf, one } = style;
  return {
    ...serve(desk, style),
    base,
    schema: one.schema(mediaWire),
    toWire: (each) => one.of(mediaToWire(each, { path: pathOf(each.id), url: urlOf(each.id) })),
  };
};
