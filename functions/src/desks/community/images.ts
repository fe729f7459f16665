import type { Edited } from '../../kernel/media/attach.ts';
import type { DocKey, Reads } from '../../kernel/store/document.ts';

/** The images of a ticket or comment, before and after an edit. */
export const editedImages = (
  reads: Reads,
  key: DocKey<{ readonly imageUrls: readonly string[] }>,
  { imageUrls: after }: { readonly imageUrls?: readonly string[] },
): Edited => ({ holder: key.path, before: reads.get(key)?.data.imageUrls, after });
