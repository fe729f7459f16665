/** The refusals of requests about master data, besides the kernel's own. */
export const MASTER_REFUSALS = {
  'master/taken': {
    status: 409,
    message: 'Another record has this already: choose another for the named fields.',
  },
  'master/in-use': {
    status: 409,
    message: 'This record is in use: change or delete what the details name first.',
  },
  'master/import-refused': {
    status: 400,
    message: 'Nothing was imported: fix the named rows, or send partial=true to import the rest.',
  },
} as const;
