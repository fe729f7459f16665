import { z } from 'zod';
import { type Endpoint, fileAnswer, noInput } from '../http/endpoint.ts';
import { ADDITION } from '../identity/served.ts';
import { Problem, refuse } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { type Media, MEDIA_TYPES, media } from './collection.ts';
import { type Linked, mediaSizes, signLink, verifyLink } from './link.ts';
import type { ServedMedia } from './served.ts';
import { fileToShow, lookAt, presentIn } from './sight.ts';

const byId = z.strictObject({
  id: z.uuid().meta({ description: 'the id of an upload' }),
});
const bySize = z.strictObject({
  size: z.enum(mediaSizes).default('full').meta({ description: 'thumb: at most 320 pixels wide' }),
});

/** A copy never changes. The original gives way to it, and is not for other people's eyes. */
const CACHING = { copy: 'private, max-age=3600', original: 'private, no-store' } as const;

/** The file as a response; a refusal where there is none to show. */
const answerWith = (
  { files }: Runtime,
  shown: Media,
  linked: Linked,
  headers: Readonly<Record<string, string>> = {},
) => {
  const file = fileToShow(shown, linked);
  if (file === undefined) return refuse('media/not-found');
  const { path, ...described } = file;
  const caching = shown.state === 'ready' ? CACHING.copy : CACHING.original;
  return {
    ...described,
    headers: { 'Cache-Control': caching, ...headers },
    open: (range?: { readonly start: number; readonly end: number }) => files.open(path, range),
  };
};

const FILE = {
  method: 'get',
  status: 200,
  produces: MEDIA_TYPES,
  output: fileAnswer,
  returns: 'the file: a JPEG without metadata, or what was uploaded; in part with `Range`',
} as const;

/** Returns a photo or film to those who may see it. */
export const getMedia = <A>({ own, style }: ServedMedia<A>): Endpoint =>
  own({
    ...FILE,
    path: '/media/:id',
    summary: 'Returns a photo or film to its sender, and its copy to those who see what shows it',
    refusals: ['media/not-found', 'media/unavailable'],
    input: { ...noInput, params: byId, query: bySize },
    // The caller and the upload. Somebody else than its sender: also what shows it.
    cost: { reads: 2, writes: 0 },
    sample: { given: 'photo', query: { size: 'thumb' } },
    loads: ({ params }) => [media.doc(params.id)],
    handle: async ({ input: { params, query }, principal, ...context }) => {
      const uid = principal.person.id;
      const seen = await lookAt(style.holders, params.id, { ...context, uid });
      if (seen instanceof Problem) return seen;
      return answerWith(context.runtime, seen.media, { ...query, isOwn: seen.isOwn });
    },
  });

/** Describes a photo or film. */
export const getMediaDetails = <A>({ own, style, schema, toWire }: ServedMedia<A>): Endpoint =>
  own({
    method: 'get',
    path: '/media/:id/details',
    summary:
      'Describes a photo or film: its state, and when and where its camera says it was taken',
    refusals: ['media/not-found'],
    input: { ...noInput, params: byId },
    status: 200,
    output: schema,
    returns: 'what is known of it',
    cost: { reads: 2, writes: 0 },
    sample: { given: 'photo' },
    loads: ({ params }) => [media.doc(params.id)],
    handle: async ({ input: { params }, principal, ...context }) => {
      const uid = principal.person.id;
      const seen = await lookAt(style.holders, params.id, { ...context, uid });
      return seen instanceof Problem ? seen : toWire(seen.media);
    },
  });

const linkSchema = z
  .object({ url: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: 'MediaLink' });

/** Returns a link for pages, whose images can't send a session. */
export const getMediaLink = <A>({ own, style, base }: ServedMedia<A>): Endpoint =>
  own({
    method: 'get',
    path: '/media/:id/link',
    summary: 'Returns a link to a photo or film for <img>, which needs no session',
    refusals: ['media/not-found'],
    input: { ...noInput, params: byId, query: bySize },
    status: 200,
    output: style.one.schema(linkSchema),
    returns: 'a link that is good for five minutes, for whoever has it',
    cost: { reads: 2, writes: 0 },
    sample: { given: 'photo' },
    loads: ({ params }) => [media.doc(params.id)],
    handle: async ({ input: { params, query }, principal, now, ...context }) => {
      const uid = principal.person.id;
      const seen = await lookAt(style.holders, params.id, { ...context, uid });
      if (seen instanceof Problem) return seen;
      const { token, expiresAt } = signLink(seen.media, { ...query, isOwn: seen.isOwn }, now);
      return style.one.of({
        url: `${base}/media/${params.id}/signed/${token}`,
        expiresAt: expiresAt.toISOString(),
      });
    },
  });

const signedParams = byId.extend({
  token: z
    .string()
    .max(1000)
    .regex(/^[\w.-]+$/)
    .meta({ description: 'what the link was signed with' }),
});

/** Returns the file of a link. Pages of other origins may show it, since they got the link. */
export const getLinkedMedia = <A>({ publicEndpoint }: ServedMedia<A>): Endpoint =>
  publicEndpoint({
    ...FILE,
    path: '/media/:id/signed/:token',
    summary: 'Returns the photo or film of a link',
    contract: ADDITION,
    refusals: ['media/not-found', 'media/unavailable'],
    input: { ...noInput, params: signedParams },
    cost: { reads: 1, writes: 0 },
    sample: { as: 'nobody', given: 'linked photo' },
    loads: ({ params }) => [media.doc(params.id)],
    handle: async ({ input: { params }, reads, runtime, now }) => {
      const found = presentIn(reads, params.id);
      const linked = found && verifyLink(found, params.token, now);
      if (found === undefined || linked === undefined) return refuse('media/not-found');
      return answerWith(runtime, found, linked, {
        'Cache-Control': 'private, max-age=300',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
    },
  });
