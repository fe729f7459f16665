import { z } from 'zod';
import { collection } from './collection.ts';
import { anyDocument, type DocKey, type Write } from './document.ts';

/** `changes/{changeId}`: that a change which only deletes was committed. */
export const changes = collection('changes', z.object({ expiresAt: z.date() }), {
  ttl: 'expiresAt',
});

const MARKED_MS = 60 * 60_000;
const KEPT_CHANGE_IDS = 8;

const isStamped = (write: Write): boolean => write.op === 'create' || write.op === 'update';

/**
 * The document in which the author of a change finds its id when it was committed. One that the change
 * creates, if there is any: what it updates may be gone by then, as a photo that it has let go.
 */
export const subjectOf = (changeId: string, writes: readonly Write[]): DocKey<unknown> => {
  const subject = writes.find(({ op }) => op === 'create') ?? writes.find(isStamped);
  return anyDocument(subject?.path ?? changes.doc(changeId).path);
};

/**
 * Marks every document that a change writes with the change's id, so that its author knows it, and
 * with the uid of the person who asked for it. A deleted document can't be marked: a change that does
 * nothing else leaves a mark of its own, and one that writes nothing needs none.
 */
export const stamp = (
  changeId: string,
  writes: readonly Write[],
  by: string | null = null,
): readonly Write[] => {
  const expiresAt = new Date(Date.now() + MARKED_MS);
  const isMarked = writes.length === 0 || writes.some(isStamped);
  const mark = isMarked ? [] : [changes.create(changeId, { expiresAt })];
  return [...writes, ...mark].map((write) => {
    if (write.op !== 'create' && write.op !== 'update') return write;
    const earlier = write.op === 'update' ? write.changeIds.slice(1 - KEPT_CHANGE_IDS) : [];
    const marks = { changeIds: [...earlier, changeId], changedBy: by };
    return { ...write, data: { ...write.data, ...marks } };
  });
};
