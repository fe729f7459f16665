import { resourceKit } from '../../../kernel/resource/kit.ts';
import { cgs, PAGES, resultOf } from '../desk.ts';
import { SEARCH } from '../../../kernel/keywords.ts';

/** Declares a kind of master data. */
export const masterData = resourceKit(cgs, {
  list: PAGES,
  get: { schema: resultOf, of: (result) => ({ result }) },
  sections: {
    create: ' 1',
    get: ' 2',
    update: ' 3',
    remove: ' 4',
    list: ', lists',
    import: ', import',
    export: ', export',
  },
  refusals: {
    taken: 'master/taken',
    inUse: 'master/in-use',
    importRefused: 'master/import-refused',
  },
  search: SEARCH,
});
