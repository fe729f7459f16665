/** The fields in which a request says of a client what holds for one ticket only. */
export const GIVEN_FIELDS = [
  'endUser',
  'address',
  'coordinate',
  'customerType',
  'area',
  'popName',
  'popLocation',
  'msName',
  'msLocation',
  'splitterName',
  'splitterLocation',
] as const;
export type GivenField = (typeof GIVEN_FIELDS)[number];

/**
 * Those that a request gives. In a new ticket null gives nothing; in an edit it empties the field,
 * which then stays empty.
 */
export const givenIn = (
  request: Readonly<Partial<Record<GivenField, unknown>>>,
  isEdit: boolean,
): GivenField[] =>
  GIVEN_FIELDS.filter((field) => {
    const value = request[field];
    return value !== undefined && value !== '' && (isEdit || value !== null);
  });
