import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/desks/cgs/domain/vocabulary.ts';
import type { CgsWorld, Member } from './world.ts';
import type { TestApi } from '../../support/harness.ts';
import { masterWorld } from './master-world.ts';
import type { Bring as BringOf } from '../stage.ts';

type Bring = BringOf<Role, Member>;

const COORDINATE = '-6.9147,107.6098';
const ISP = 'ADIDAYA INFOCOM LESTARI, PT / AIL / WIZNET';

/** `one…`: such a record exists. `no…`: no record has the names of the sample. */
export const masterSituations = (api: TestApi, world: CgsWorld) => {
  const master = masterWorld(api, world);

  const one =
    (path: string, body: (word: string) => object): Bring =>
    async (of) => {
      const id = await master.add(of('SuperAdmin'), path, body(randomUUID()));
      return { params: { id }, words: { newName: randomUUID() } };
    };

  const no =
    (collection: string, ...values: readonly (readonly string[])[]): Bring =>
    async () => {
      await master.free(collection, ...values.map((value) => [collection, ...value]));
      return {};
    };

  const point = (word: string) => ({ name: word, coordinate: COORDINATE });

  return {
    oneArea: one('areas', (word) => ({ region: 'West', name: word, initial: word.slice(0, 13) })),
    noArea: no('areas', ['name', 'West', 'BANDUNG'], ['initial', 'West', 'BDG']),
    oneMainSplitter: one('main_splitters', point),
    noMainSplitter: no('mainSplitters', ['name', 'MAKMUR']),
    oneSplitter: one('splitters', point),
    noSplitter: no('splitters', ['name', 'MAKMUR']),
    onePop: one('pops', point),
    noPop: no('pops', ['name', 'MAKMUR']),
    oneIsp: one('isps', (word) => ({ name: word, initial: word.slice(0, 13), brand: 'WIZNET' })),
    noIsp: no('isps', ['name', ISP], ['initial', 'AIL']),
    oneIndication: one('indications', (word) => ({ category: 'FiberCut', indication: word })),
    noIndication: no('indications', ['indication', 'FiberCut', 'Ketabrak truk']),
    oneClient: async (of) => {
      const body = master.clientBody(await master.network(of('SuperAdmin')));
      return { params: { id: await master.add(of('SuperAdmin'), 'clients', body) } };
    },
    noClient: async (of) => {
      await master.free('clients', ['clients', 'cid', 'CID-900001']);
      const { word, isp, splitter } = await master.network(of('SuperAdmin'));
      return { words: { network: word, isp, splitter } };
    },
  } as const satisfies Record<string, Bring>;
};
