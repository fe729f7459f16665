import { z } from 'zod';
import { figuresOf, type Share } from './figures.ts';

const counts = z.record(z.string(), z.int());
const time = z.object({
  count: z.int(),
  mean: z.number().nullable(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
});

/** Figures as HTTP sends them. */
export const figuresSchema = z
  .object({
    tickets: z.int(),
    byType: counts,
    byStatus: counts,
    bySla: counts,
    byResolution: counts,
    byCancelCategory: counts,
    byPendingCategory: z.record(z.string(), z.object({ count: z.int(), minutes: z.number() })),
    repeats: z.int().meta({
      description: 'tickets whose client had another one created in the 30 days before',
    }),
    accept: time.meta({ description: 'from published to first accepted' }),
    travel: time.meta({ description: 'from departure to check-in' }),
    work: time.meta({ description: 'from check-in to closed, without the pendings' }),
    repair: time.meta({ description: 'from published to finished' }),
    netRepair: time.meta({ description: 'the same without the pendings' }),
  })
  .meta({
    id: 'Figures',
    description: 'counts, and times in minutes; p50 and p90 are right to 5 % of their value',
  });

/** The figures of a month, a region, a FOC and so on, by its id. */
export const figureRowSchema = figuresSchema
  .omit({ byStatus: true })
  .extend({ id: z.string(), name: z.string() })
  .meta({ id: 'FigureRow' });
export type FigureRow = z.output<typeof figureRowSchema>;

export const toFigureRow = (id: string, name: string, total: Share): FigureRow => {
  const { byStatus: _, ...figures } = figuresOf(total);
  return { id, name, ...figures };
};
