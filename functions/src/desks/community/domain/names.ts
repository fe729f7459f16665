/** The names of all fields that requests carry, as the schemas spell them. */
const NAMES = [
  'access',
  'active',
  'authorName',
  'categoriaTicketDescripcion',
  'categoriaTicketId',
  'code',
  'codigo',
  'color',
  'comentarioTexto',
  'commentCount',
  'communityId',
  'communityName',
  'companyId',
  'companyName',
  'contenido',
  'createdAt',
  'currentPassword',
  'descripcion',
  'email',
  'fechaReporte',
  'id',
  'idComment',
  'idOrigen',
  'imageUrls',
  'isShared',
  'lastLoginAt',
  'name',
  'newPassword',
  'nik',
  'origen',
  'password',
  'phoneNumber',
  'profilePhoto',
  'residentId',
  'residentName',
  'statusDescripcion',
  'statusId',
  'uid',
  'updatedAt',
] as const;

const BY_LOWER_CASE = new Map<string, string>(NAMES.map((name) => [name.toLowerCase(), name]));

/**
 * A body whose names are in any letter case, as ASP.NET reads it: `CategoriaTicketId` is
 * `categoriaTicketId`. The last of two spellings counts; a name that is not known stays as it is.
 * Names further down, in `access`, are as the schema spells them.
 */
export const withKnownNames = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      BY_LOWER_CASE.get(name.toLowerCase()) ?? name,
      field,
    ]),
  );
};
