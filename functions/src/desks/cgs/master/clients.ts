import { z } from 'zod';
import { UUIDS } from '../../../kernel/resource/ids.ts';
import { withIsoDates } from '../../../kernel/resource/kind.ts';
import { referenceSchema } from '../../../kernel/resource/references.ts';
import {
  areas,
  clients,
  isps,
  mainSplitters,
  type Isp,
  type Point,
  pops,
  splitters,
} from './collections.ts';
import {
  type AreaRef,
  type Client,
  clientWireSchema,
  coordinateSchema,
  regionFilter,
} from '../domain/schemas.ts';
import {
  BANDWIDTH_UNITS,
  CLIENT_STATUSES,
  CUSTOMER_TYPES,
  REGIONS,
  SERVICE_TYPES,
} from '../domain/vocabulary.ts';
import {
  dateField,
  ipField,
  macField,
  mapPoint,
  nameField,
  remarkField,
  textField,
  vlanField,
} from './fields.ts';
import { masterData } from './master-data.ts';
import { CLIENT_OF_TICKETS } from './usages.ts';

const body = z.strictObject({
  cid: nameField,
  customerType: z.enum(CUSTOMER_TYPES),
  pop: referenceSchema.nullish(),
  name: nameField,
  userCode: textField,
  isp: referenceSchema.nullish(),
  status: z.enum(CLIENT_STATUSES),
  region: z.enum(REGIONS),
  city: referenceSchema,
  address: z.string().trim().min(1).max(500),
  coordinate: coordinateSchema,
  activeDate: dateField,
  service: z.enum(SERVICE_TYPES),
  bandwidth: z.number().positive().max(1_000_000),
  bandwidthUnit: z.enum(BANDWIDTH_UNITS),
  ms: referenceSchema.nullish(),
  splitter: referenceSchema.nullish(),
  deviceType: textField,
  macAddress: macField,
  signal: textField,
  vlan: vlanField,
  ipMonitoring: ipField,
  epon: textField,
  remark: remarkField,
});

type Given = z.output<typeof body>;

const point = ({ id, name, coordinate }: Point) => ({ id, name, coordinate });
const areaRef = ({ id, name, region, initial }: AreaRef): AreaRef => ({
  id,
  name,
  region,
  initial,
});
const ispRef = ({ id, name, initial, brand }: Isp) => ({ id, name, initial, brand });
const NO_AREA = { id: '', name: '', initial: '' };

/** The fields that are no references; empty text for those that are not given. */
const plainFields = (given: Given) => ({
  cid: given.cid,
  customerType: given.customerType,
  name: given.name,
  userCode: given.userCode ?? '',
  status: given.status,
  region: given.region,
  address: given.address,
  coordinate: given.coordinate,
  activeDate: given.activeDate ? new Date(given.activeDate) : null,
  service: given.service,
  bandwidth: given.bandwidth,
  bandwidthUnit: given.bandwidthUnit,
  deviceType: given.deviceType ?? '',
  macAddress: given.macAddress ?? '',
  signal: given.signal ?? '',
  vlan: given.vlan ?? '',
  ipMonitoring: given.ipMonitoring ?? '',
  epon: given.epon ?? '',
  remark: given.remark || null,
});

const isOutside = ({ city, region }: Client): boolean => city.region !== region || city.id === '';

/** The customers whose lines are repaired (contract, "Client"). */
export const clientData = masterData({
  path: '/clients',
  one: 'client',
  many: 'clients',
  contract: 'Client',
  ids: UUIDS,
  collection: clients,
  body,
  patch: body.partial(),
  wire: clientWireSchema.extend({ pop: z.string().nullable() }).meta({ id: 'Client' }),
  toWire: (client) => ({
    ...withIsoDates(client),
    pop: client.pop?.name ?? null,
    activeDate: client.activeDate?.toISOString() ?? null,
  }),
  // References are given as the copies that the client has.
  given: (client) => ({ ...client, activeDate: client.activeDate?.toISOString() ?? null }),
  make: (given, stored, { before, linked }): Client => ({
    ...stored,
    ...plainFields(given),
    city: linked('city', areaRef, before?.city) ?? { ...NO_AREA, region: given.region },
    isp: linked('isp', ispRef, before?.isp),
    pop: linked('pop', point, before?.pop),
    ms: linked('ms', point, before?.ms),
    splitter: linked('splitter', point, before?.splitter),
    changeIds: before?.changeIds ?? [],
  }),
  derived: mapPoint,
  check: (client) =>
    isOutside(client)
      ? [{ path: 'city', message: `Send an area of the region ${client.region}.` }]
      : [],
  uniques: [['cid']],
  references: {
    city: { to: areas, one: 'area', within: 'region' },
    isp: { to: isps, one: 'ISP' },
    pop: { to: pops, one: 'POP' },
    ms: { to: mainSplitters, one: 'main splitter' },
    splitter: { to: splitters, one: 'splitter' },
  },
  words: ({ name, cid, userCode }) => [name, cid, userCode],
  filters: {
    region: regionFilter,
    status: z.enum(CLIENT_STATUSES).optional().meta({ description: 'only those in this status' }),
  },
  readers: ['SuperAdmin', 'NOC'],
  writers: ['SuperAdmin'],
  reach: { region: ({ role, region }) => (role === 'SuperAdmin' ? undefined : [region]) },
  usedBy: [CLIENT_OF_TICKETS],
  csv: true,
  samples: {
    given: 'oneClient',
    free: 'noClient',
    body: {
      cid: 'CID-900001',
      customerType: 'Dedicated',
      pop: 'POP {network}',
      name: 'Hotel Savoy Homann',
      userCode: 'SVH-01',
      isp: { id: '{isp}' },
      status: 'Active',
      region: 'West',
      city: 'AREA {network}',
      address: 'Jl. Asia Afrika 112, Bandung',
      coordinate: '-6.9213,107.6110',
      activeDate: '2026-01-15',
      service: 'Interconnection',
      bandwidth: 100.5,
      bandwidthUnit: 'Mbps',
      ms: { name: 'MS {network}' },
      splitter: '{splitter}',
      deviceType: 'ONT',
      macAddress: '00:1B:44:11:3A:B7',
      signal: '-21 dBm',
      vlan: '110',
      ipMonitoring: '10.20.0.2',
      epon: '0/1/3',
      remark: 'Call before coming.',
    },
    patch: { remark: 'The gate code is 4711.' },
    csv: [
      'cid,customerType,name,status,region,city,address,coordinate,service,bandwidth,bandwidthUnit',
      'CID-900001,Dedicated,Hotel Savoy Homann,Active,West,AREA {network},"Jl. Asia Afrika 112",' +
        '"-6.9213,107.6110",Interconnection,100.5,Mbps',
      '',
    ].join('\n'),
    costs: {
      // The session, the reservation of the cid, and of each reference its id or name, then the record.
      create: { reads: 11, writes: 2 },
      import: { reads: 4, writes: 2 },
    },
  },
});
