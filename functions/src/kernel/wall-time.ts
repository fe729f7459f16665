import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';

/** The moment at which the clocks of a zone show a time, given as if it were UTC. */
export const inZone = (wall: Date, timeZone: string): Date => {
  const time = PlainDateTime.create(
    wall.getUTCFullYear(),
    wall.getUTCMonth() + 1,
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
    wall.getUTCSeconds(),
    wall.getUTCMilliseconds(),
  );
  return new Date(PlainDateTime.toZonedDateTime(time, timeZone).epochMilliseconds);
};
