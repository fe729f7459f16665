import type { AreaRef } from '../../../functions/src/desks/cgs/domain/schemas.ts';
import type { Region, Role } from '../../../functions/src/desks/cgs/domain/vocabulary.ts';
import type { DemoPerson } from '../desk-seed.ts';
import { areaNamed } from './places.ts';

interface Entry {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly region: Region;
  readonly area?: string;
}

const ENTRIES = [
  {
    email: 'superadmin@crewline.test',
    name: 'Ratna Wulandari',
    role: 'SuperAdmin',
    region: 'West',
  },
  { email: 'noc.west@crewline.test', name: 'Bagus Prasetyo', role: 'NOC', region: 'West' },
  { email: 'noc.central@crewline.test', name: 'Dian Lestari', role: 'NOC', region: 'Central' },
  { email: 'noc.east@crewline.test', name: 'Wayan Sudarma', role: 'NOC', region: 'East' },
  {
    email: 'supervisor.west@crewline.test',
    name: 'Hendra Gunawan',
    role: 'FOCSupervisor',
    region: 'West',
  },
  {
    email: 'supervisor.east@crewline.test',
    name: 'Yohanes Tandi',
    role: 'FOCSupervisor',
    region: 'East',
  },
  {
    email: 'foc1.west@crewline.test',
    name: 'Asep Hidayat',
    role: 'FOC',
    region: 'West',
    area: 'BANDUNG',
  },
  {
    email: 'foc2.west@crewline.test',
    name: 'Rizky Maulana',
    role: 'FOC',
    region: 'West',
    area: 'JAKARTA',
  },
  {
    email: 'foc3.west@crewline.test',
    name: 'Siti Rahmawati',
    role: 'FOC',
    region: 'West',
    area: 'BOGOR',
  },
  {
    email: 'foc1.central@crewline.test',
    name: 'Joko Susanto',
    role: 'FOC',
    region: 'Central',
    area: 'SEMARANG',
  },
  {
    email: 'foc1.east@crewline.test',
    name: 'Made Artana',
    role: 'FOC',
    region: 'East',
    area: 'SURABAYA',
  },
] as const satisfies readonly Entry[];

export type DemoEmail = (typeof ENTRIES)[number]['email'];

const accessOf = ({ role, region }: Entry, area: AreaRef | undefined) => ({
  role,
  region,
  active: true,
  area: area?.name ?? null,
  areaId: area?.id ?? null,
  areas: area === undefined ? [] : [area],
});

const personOf = (entry: Entry, index: number): DemoPerson => ({
  email: entry.email,
  name: entry.name,
  nik: `3273${String(2_001_000 + index * 37)}`,
  phoneNumber: `0812${String(55_010_000 + index * 1_371)}`,
  shown: { role: entry.role, region: entry.region },
  access: { cgs: accessOf(entry, entry.area === undefined ? undefined : areaNamed(entry.area)) },
});

/** The people of the CGS desk. */
export const PEOPLE: readonly DemoPerson[] = ENTRIES.map(personOf);
