import { z } from 'zod';

/** Whether a text has the form of an id that we give out, or of one of Firebase Authentication. */
export const isId = (text: string): boolean => /^[\w-]{1,128}$/.test(text);

/** An id in a path; one of another form names nothing: 404. */
export const idText = z
  .string()
  .regex(/^[\w-]{1,128}$/)
  .meta({ description: 'the id, as responses give it' });

export const byId = z.strictObject({ id: idText });
