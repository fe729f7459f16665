import { z } from 'zod';
import type { Client } from '../../../functions/src/desks/cgs/domain/schemas.ts';
import {
  CLIENT_STATUSES,
  CUSTOMER_TYPES,
  type CustomerType,
} from '../../../functions/src/desks/cgs/domain/vocabulary.ts';
import { idOf } from '../ids.ts';
import { ISPS } from './catalogue.ts';
import { areaOf, cityNamed } from './places.ts';

/** cid, status, kind, ISP, Mbps, place, city, name, address. */
const TABLE = `
CID-1001 | Active    | Dedicated | NJM | 1000 | -6.2231,106.8326 | JAKARTA    | Bank Mitra Kencana Kuningan     | Jl. HR Rasuna Said Kav. 12
CID-1002 | Active    | Broadband | CSB | 100  | -6.2287,106.8521 | JAKARTA    | Apartemen Teras Tebet           | Jl. Tebet Barat Dalam 41
CID-1003 | Active    | Broadband | CSB | 50   | -6.2075,106.8262 | JAKARTA    | Klinik Sehat Setiabudi          | Jl. Setiabudi Tengah 7
CID-1101 | Active    | Dedicated | GDA | 300  | -6.9172,107.6090 | BANDUNG    | Hotel Braga Permata             | Jl. Braga 88
CID-1102 | Active    | Dedicated | NJM | 200  | -6.8823,107.6139 | BANDUNG    | SMA Cendekia Dago               | Jl. Ir. H. Juanda 215
CID-1103 | Active    | Broadband | BPI | 30   | -6.9391,107.6261 | BANDUNG    | Warung Kopi Buah Batu           | Jl. Buah Batu 150
CID-1104 | Deactive  | Broadband | BPI | 30   | -6.9083,107.6172 | BANDUNG    | Distro Riau Sebelas             | Jl. L. L. R.E. Martadinata 11
CID-1201 | Active    | Dedicated | LTS | 500  | -6.6312,106.8256 | BOGOR      | RS Kasih Tajur                  | Jl. Raya Tajur 60
CID-1202 | Active    | Broadband | CSB | 100  | -6.6167,106.8135 | BOGOR      | Perumahan Ciliwung Asri         | Jl. Sukasari III 5
CID-1301 | Active    | Dedicated | GDA | 200  | -6.3011,106.9588 | BEKASI     | Gudang Jatiasih Logistik        | Jl. Raya Jatiasih 22
CID-2001 | Active    | Dedicated | NJM | 1000 | -6.9812,110.4108 | SEMARANG   | Kantor Dinas Pemuda             | Jl. Pemuda 148
CID-2002 | Active    | Broadband | BPI | 50   | -6.9686,110.4276 | SEMARANG   | Toko Batik Kota Lama            | Jl. Letjen Suprapto 31
CID-2003 | Active    | Dedicated | LTS | 300  | -7.0712,110.4133 | SEMARANG   | Pabrik Garmen Banyumanik        | Jl. Perintis Kemerdekaan 9
CID-2101 | Active    | Dedicated | NJM | 500  | -7.7468,110.3862 | YOGYAKARTA | Kampus Kaliurang Km 7           | Jl. Kaliurang Km 7
CID-2201 | Active    | Broadband | CSB | 50   | -7.5573,110.8531 | SURAKARTA  | Percetakan Jebres               | Jl. Ir. Sutami 40
CID-3001 | Active    | Dedicated | GDA | 1000 | -7.2141,112.7312 | SURABAYA   | Terminal Peti Kemas Perak       | Jl. Tanjung Perak Timur 520
CID-3002 | Active    | Dedicated | LTS | 500  | -7.3301,112.7611 | SURABAYA   | Kawasan Industri Rungkut Blok C | Jl. Rungkut Industri 18
CID-3003 | Active    | Broadband | BPI | 30   | -7.2899,112.6942 | SURABAYA   | Kos Darmo Permai                | Jl. Darmo Permai Selatan 12
CID-3101 | Active    | Broadband | CSB | 50   | -7.9674,112.6219 | MALANG     | Kafe Ijen Boulevard             | Jl. Ijen 74
CID-3201 | Active    | Dedicated | NJM | 200  | -8.6891,115.2622 | DENPASAR   | Vila Sanur Biru                 | Jl. Danau Tamblingan 66
CID-3202 | Dismantle | Broadband | BPI | 50   | -8.7154,115.1740 | DENPASAR   | Galeri Kuta Lama                | Jl. Legian 120
`;

const rowSchema = z.tuple([
  z.string(),
  z.enum(CLIENT_STATUSES),
  z.enum(CUSTOMER_TYPES),
  z.enum(ISPS.map(({ initial }) => initial)),
  z.coerce.number(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
]);
type Row = z.output<typeof rowSchema>;

const ROWS: readonly Row[] = TABLE.trim()
  .split('\n')
  .map((line) => rowSchema.parse(line.split('|').map((cell) => cell.trim())));

const DAY = 24 * 60 * 60_000;

/** How a customer is connected, by what they pay for. */
const CONNECTION = {
  Dedicated: { service: 'Interconnection', deviceType: 'Switch L2', signal: '-14 dBm' },
  Broadband: { service: 'FTTX', deviceType: 'ONT', signal: '-21 dBm' },
} as const satisfies Record<CustomerType, object>;

const bandwidthOf = (megabits: number) =>
  megabits < 1000
    ? ({ bandwidth: megabits, bandwidthUnit: 'Mbps' } as const)
    : ({ bandwidth: megabits / 1000, bandwidthUnit: 'Gbps' } as const);

/** Two hexadecimal digits. */
const hex = (n: number): string => n.toString(16).padStart(2, '0').toUpperCase();

export const clientId = (cid: string): string => idOf(`client ${cid}`);

const clientOf = (row: Row, index: number, now: Date): Client => {
  const [cid, status, customerType, initial, megabits, coordinate, cityName, name, address] = row;
  const city = cityNamed(cityName);
  const added = new Date(now.getTime() - (150 - index) * DAY);
  return {
    id: clientId(cid),
    cid,
    customerType,
    pop: city.pop,
    name,
    userCode: `${city.initial}-${String(index + 1).padStart(3, '0')}`,
    isp: ISPS.find((each) => each.initial === initial) ?? null,
    status,
    region: city.region,
    city: areaOf(city),
    address: `${address}, ${cityName.charAt(0)}${cityName.slice(1).toLowerCase()}`,
    coordinate,
    activeDate: added,
    ...bandwidthOf(megabits),
    ...CONNECTION[customerType],
    ms: city.mainSplitter,
    splitter: city.splitters[index % city.splitters.length] ?? null,
    macAddress: `00:1B:44:11:${hex(index + 16)}:${hex(index * 7)}`,
    vlan: String(110 + index),
    ipMonitoring: `10.20.${index}.2`,
    epon: `0/${1 + (index % 4)}/${1 + (index % 8)}`,
    remark: null,
    createdAt: added,
    updatedAt: added,
    changeIds: [],
  };
};

/** The clients of the demo data, as of `now`. */
export const clientsAt = (now: Date): Client[] =>
  ROWS.map((row, index) => clientOf(row, index, now));
