import { z } from 'zod';
import type { Situation } from '../../kernel/http/endpoint.ts';
import { attachable, attachTo } from '../../kernel/media/attach.ts';
import { namedIn, type NamedMedia } from '../../kernel/media/paths.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Write } from '../../kernel/store/document.ts';
import { fieldOf } from '../../kernel/store/page.ts';
import type { Person } from './domain/schemas.ts';

/** The photo that a request names, and the hosts elsewhere that are accepted. */
export interface Evident {
  readonly named: readonly NamedMedia[];
  readonly hosts: readonly string[];
}

/** The photo that a body names as `mediaUrl`. */
export const photosIn = (body: unknown): readonly NamedMedia[] => {
  const mediaUrl = fieldOf(body, 'mediaUrl');
  return namedIn('mediaUrl', typeof mediaUrl === 'string' ? mediaUrl : null);
};

/** Whether bodies of a schema may name a photo. */
export const takesPhoto = (body: z.ZodType): boolean =>
  body instanceof z.ZodObject && 'mediaUrl' in body.shape;

/** The writes by which a document, given by its path, takes the photo of a request. */
export const takePhoto = (
  holder: string,
  { named, hosts }: Evident,
  { reads, actor }: Situation<Person>,
): readonly Write[] | Problem => {
  const found = attachable(named, { reads, by: actor.id, hosts, holder });
  return found instanceof Problem ? found : attachTo(holder, found);
};
