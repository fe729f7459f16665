import exif, { type GPSInfoTags, type PhotoTags } from 'exif-reader';
import { inZone } from '../wall-time.ts';
import type { Media } from './collection.ts';

/** When and where a photo was taken, as its camera wrote it. */
export type Taken = Pick<Media, 'takenAt' | 'takenPlace'>;

const UNKNOWN: Taken = { takenAt: null, takenPlace: null };

/** The moment of a camera's clock, which is given as if it were UTC. */
const momentOf = (wall: Date, offset: unknown, timeZone: string): Date | null => {
  // A clock that was never set writes zeros, which are read as a day of 1899.
  if (!(wall.getUTCFullYear() >= 1900)) return null;
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)/.exec(String(offset)) ?? [];
  if (sign !== undefined) {
    const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return new Date(wall.getTime() - (sign === '+' ? ahead : -ahead));
  }
  return inZone(wall, timeZone);
};

const takenAt = (photo: Partial<PhotoTags>, timeZone: string): Date | null => {
  const { DateTimeOriginal: wall, OffsetTimeOriginal: offset } = photo;
  return wall instanceof Date ? momentOf(wall, offset, timeZone) : null;
};

/** Degrees, minutes and seconds as degrees. Six decimals are a tenth of a metre. */
const degrees = (parts: unknown, sign: 1 | -1): number => {
  const [degree = Number.NaN, minute = 0, second = 0] = Array.isArray(parts)
    ? parts.map(Number)
    : [];
  return (sign * Math.round((degree + minute / 60 + second / 3600) * 1e6)) / 1e6;
};

const takenPlace = (gps: Partial<GPSInfoTags>): Taken['takenPlace'] => {
  const latitude = degrees(gps.GPSLatitude, gps.GPSLatitudeRef === 'S' ? -1 : 1);
  const longitude = degrees(gps.GPSLongitude, gps.GPSLongitudeRef === 'W' ? -1 : 1);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
};

/**
 * Reads an EXIF block. What is missing or makes no sense is null; a time without an offset is one of
 * `timeZone`.
 */
export const takenOf = (block: Buffer | undefined, timeZone: string): Taken => {
  if (block === undefined) return UNKNOWN;
  try {
    const { Photo = {}, GPSInfo = {} } = exif(block);
    return { takenAt: takenAt(Photo, timeZone), takenPlace: takenPlace(GPSInfo) };
  } catch {
    return UNKNOWN;
  }
};
