import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { anyDocument } from '../../../src/kernel/store/document.ts';
import { reservationOf, type UniqueValue } from '../../../src/kernel/store/unique.ts';
import type { CgsWorld, Member } from './world.ts';
import { at, type Received, textAt } from '../../support/client.ts';
import type { TestApi } from '../../support/harness.ts';

/** The records that a client refers to, all named after one word: `AREA <word>`, `POP <word>`. */
export interface Network {
  readonly word: string;
  readonly area: string;
  readonly isp: string;
  readonly pop: string;
  readonly ms: string;
  readonly splitter: string;
}

const COORDINATE = '-6.9147,107.6098';

const reservationSchema = z.object({ holder: z.string() });

/** Creates master data through the API, as its users do. */
export const masterWorld = ({ runtime }: TestApi, { call }: CgsWorld) => {
  const add = async (as: Member, path: string, body: object): Promise<string> => {
    const answer = await call('POST', `/v1/${path}`, { as, body });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
    return textAt(answer.body, 'data', 'result', 'id');
  };

  const network = async (as: Member): Promise<Network> => {
    const word = randomUUID();
    const point = (name: string) => ({ name: `${name} ${word}`, coordinate: COORDINATE });
    const [area, isp, pop, ms, splitter] = await Promise.all([
      add(as, 'areas', { region: 'West', name: `AREA ${word}`, initial: word.slice(0, 13) }),
      add(as, 'isps', { name: `ISP ${word}`, initial: word.slice(0, 13), brand: 'WIZNET' }),
      add(as, 'pops', point('POP')),
      add(as, 'main_splitters', point('MS')),
      add(as, 'splitters', point('SP')),
    ]);
    return { word, area, isp, pop, ms, splitter };
  };

  /** The body of a client that refers to all records of a network. */
  const clientBody = ({ word, isp, splitter }: Network, more: object = {}) => ({
    cid: `CID ${randomUUID()}`,
    customerType: 'Dedicated',
    pop: `POP ${word}`,
    name: 'Hotel Savoy Homann',
    userCode: 'SVH-01',
    isp: { id: isp },
    status: 'Active',
    region: 'West',
    city: `AREA ${word}`,
    address: 'Jl. Asia Afrika 112, Bandung',
    coordinate: '-6.9213,107.6110',
    activeDate: '2026-01-15',
    service: 'Interconnection',
    bandwidth: 100.5,
    bandwidthUnit: 'Mbps',
    ms: { name: `MS ${word}` },
    splitter,
    deviceType: 'ONT',
    macAddress: '00:1B:44:11:3A:B7',
    signal: '-21 dBm',
    vlan: '110',
    ipMonitoring: '10.20.0.2',
    epon: '0/1/3',
    remark: 'Call before coming.',
    ...more,
  });

  /** Deletes the records with these values that an earlier run left, with their entries in `uniques`. */
  const free = async (collection: string, ...values: readonly UniqueValue[]): Promise<void> => {
    const keys = values.map(reservationOf);
    const reads = await runtime.store.load(keys);
    const holders = keys.flatMap(
      (key) => reservationSchema.safeParse(reads.get(key)?.data).data ?? [],
    );
    const paths = [...keys, ...holders.map(({ holder }) => anyDocument(`${collection}/${holder}`))];
    await runtime.store.commit(
      [...new Set(paths.map(({ path }) => path))].map((path) => ({ op: 'delete', path }) as const),
    );
  };

  const importCsv = (as: Member, path: string, raw: string, query = ''): Promise<Received> =>
    call('POST', `/v1/${path}/import${query}`, {
      as,
      raw,
      headers: { 'Content-Type': 'text/csv' },
    });

  const exported = async (as: Member, path: string, query = ''): Promise<string> => {
    const answer = await call('GET', `/v1/${path}/export${query}`, { as });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.text;
  };

  const result = (answer: Received): unknown => at(answer.body, 'data', 'result');

  return { add, network, clientBody, free, importCsv, exported, result };
};

export type MasterWorld = ReturnType<typeof masterWorld>;
