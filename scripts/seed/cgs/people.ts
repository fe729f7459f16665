import type { Region, Role } from '../../../functions/src/desks/cgs/domain/vocabulary.ts';
import { type DemoPerson, emailOf, idOf } from '../people.ts';

type Entry = readonly [
  email: string,
  name: string,
  role: Role,
  region: Region,
  area?: { readonly name: string; readonly initial: string },
];

const ENTRIES: readonly Entry[] = [
  ['superadmin', 'Ratna Wulandari', 'SuperAdmin', 'West'],
  ['noc.west', 'Bagus Prasetyo', 'NOC', 'West'],
  ['noc.central', 'Dian Lestari', 'NOC', 'Central'],
  ['noc.east', 'Wayan Sudarma', 'NOC', 'East'],
  ['supervisor.west', 'Hendra Gunawan', 'FOCSupervisor', 'West'],
  ['supervisor.east', 'Yohanes Tandi', 'FOCSupervisor', 'East'],
  ['foc1.west', 'Asep Hidayat', 'FOC', 'West', { name: 'BANDUNG', initial: 'BDG' }],
  ['foc2.west', 'Rizky Maulana', 'FOC', 'West', { name: 'JAKARTA', initial: 'JKT' }],
  ['foc3.west', 'Siti Rahmawati', 'FOC', 'West', { name: 'BOGOR', initial: 'BGR' }],
  ['foc1.central', 'Joko Susanto', 'FOC', 'Central', { name: 'SEMARANG', initial: 'SMG' }],
  ['foc1.east', 'Made Artana', 'FOC', 'East', { name: 'SURABAYA', initial: 'SBY' }],
];

/** The people of the CGS desk. */
export const PEOPLE: readonly DemoPerson[] = ENTRIES.map(
  ([email, name, role, region, city], index) => {
    const areas = city === undefined ? [] : [{ ...city, id: idOf(`area ${city.name}`), region }];
    const [area = { name: null, id: null }] = areas;
    return {
      email: emailOf(email),
      name,
      nik: `3273${2_001_000 + index * 37}`,
      phoneNumber: `0812${55_010_000 + index * 1_371}`,
      shown: { role, region },
      access: { cgs: { role, region, active: true, area: area.name, areaId: area.id, areas } },
    };
  },
);
