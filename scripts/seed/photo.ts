import sharp from 'sharp';
import { z } from 'zod';
import type { Scene } from './play.ts';

const [width, height] = [640, 480];

const box = (
  left: number,
  top: number,
  [wide, high]: readonly [number, number],
  color: string,
) => ({
  input: {
    create: { width: wide, height: high, channels: 3 as const, background: color },
  },
  left,
  top,
});

/** A grey cabinet at a pole, under an evening sky. Every photo of the demo data is this one. */
const photo = await sharp({ create: { width, height, channels: 3, background: '#f2b880' } })
  .composite([
    box(0, 340, [640, 140], '#4f6d4a'),
    box(120, 40, [24, 400], '#5b4636'),
    box(0, 90, [640, 4], '#222222'),
    box(330, 180, [150, 230], '#8d99a6'),
    box(345, 200, [120, 190], '#6f7c89'),
    box(450, 285, [8, 24], '#222222'),
  ])
  .jpeg()
  .toBuffer();

const uploadedSchema = z.object({ path: z.string() });
const answerSchema = z.union([
  uploadedSchema,
  z.object({ data: z.object({ result: uploadedSchema }) }).transform(({ data }) => data.result),
]);

/** Uploads a photo at the desk with this base; resolves to the path that its fields take. */
export const uploadPhoto = async ({ send }: Scene, base: string): Promise<string> =>
  answerSchema.parse(await send(`POST ${base}/media`, photo)).path;
