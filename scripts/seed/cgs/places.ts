import type { AreaRef } from '../../../functions/src/desks/cgs/domain/schemas.ts';
import type { Region } from '../../../functions/src/desks/cgs/domain/vocabulary.ts';
import { idOf } from '../ids.ts';

/** A named point: latitude and longitude in degrees. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly coordinate: string;
}

/** A city with its point of presence, its main splitter and the splitters behind that. */
interface City {
  readonly name: string;
  readonly initial: string;
  readonly region: Region;
  readonly pop: Place;
  readonly mainSplitter: Place;
  readonly splitters: readonly Place[];
}

const place = (kind: string, name: string, coordinate: string): Place => ({
  id: idOf(`${kind} ${name}`),
  name,
  coordinate,
});

const city = (
  [name, initial, region]: readonly [string, string, Region],
  pop: readonly [string, string],
  mainSplitter: readonly [string, string],
  ...splitters: readonly (readonly [string, string])[]
): City => ({
  name,
  initial,
  region,
  pop: place('pop', ...pop),
  mainSplitter: place('main splitter', ...mainSplitter),
  splitters: splitters.map((each) => place('splitter', ...each)),
});

export const CITIES: readonly City[] = [
  city(
    ['JAKARTA', 'JKT', 'West'],
    ['POP Kuningan', '-6.2297,106.8309'],
    ['MS KARET', '-6.2154,106.8186'],
    ['SP SETIABUDI', '-6.2088,106.8231'],
    ['SP TEBET', '-6.2262,106.8584'],
  ),
  city(
    ['BANDUNG', 'BDG', 'West'],
    ['POP Dago', '-6.8915,107.6107'],
    ['MS MERDEKA', '-6.9107,107.6105'],
    ['SP BRAGA', '-6.9177,107.6093'],
    ['SP BUAH BATU', '-6.9478,107.6334'],
  ),
  city(
    ['BOGOR', 'BGR', 'West'],
    ['POP Pajajaran', '-6.5971,106.8060'],
    ['MS SURYAKENCANA', '-6.6045,106.7994'],
    ['SP TAJUR', '-6.6355,106.8287'],
  ),
  city(
    ['BEKASI', 'BKS', 'West'],
    ['POP Kayuringin', '-6.2383,106.9756'],
    ['MS SUMMARECON', '-6.2241,107.0008'],
    ['SP JATIASIH', '-6.3044,106.9624'],
  ),
  city(
    ['SEMARANG', 'SMG', 'Central'],
    ['POP Simpang Lima', '-6.9903,110.4229'],
    ['MS PEMUDA', '-6.9816,110.4131'],
    ['SP BANYUMANIK', '-7.0635,110.4167'],
    ['SP KOTA LAMA', '-6.9681,110.4281'],
  ),
  city(
    ['YOGYAKARTA', 'YOG', 'Central'],
    ['POP Malioboro', '-7.7926,110.3658'],
    ['MS TUGU', '-7.7829,110.3671'],
    ['SP KALIURANG', '-7.7512,110.3836'],
  ),
  city(
    ['SURAKARTA', 'SLO', 'Central'],
    ['POP Slamet Riyadi', '-7.5695,110.8250'],
    ['MS PURWOSARI', '-7.5617,110.7966'],
    ['SP JEBRES', '-7.5589,110.8456'],
  ),
  city(
    ['SURABAYA', 'SBY', 'East'],
    ['POP Gubeng', '-7.2656,112.7519'],
    ['MS DARMO', '-7.2905,112.7391'],
    ['SP RUNGKUT', '-7.3293,112.7689'],
    ['SP PERAK', '-7.2208,112.7331'],
  ),
  city(
    ['MALANG', 'MLG', 'East'],
    ['POP Ijen', '-7.9666,112.6214'],
    ['MS KLOJEN', '-7.9712,112.6301'],
    ['SP DINOYO', '-7.9442,112.6107'],
  ),
  city(
    ['DENPASAR', 'DPS', 'East'],
    ['POP Renon', '-8.6705,115.2400'],
    ['MS SANUR', '-8.6783,115.2560'],
    ['SP KUTA', '-8.7233,115.1723'],
  ),
];

export const cityNamed = (name: string): City => {
  const found = CITIES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`the demo data has no city ${name}`);
  return found;
};

export const areaOf = ({ name, region, initial }: City): AreaRef => ({
  id: idOf(`area ${name}`),
  name,
  region,
  initial,
});

/** The area of a city, as tickets, clients and people carry it. */
export const areaNamed = (name: string): AreaRef => areaOf(cityNamed(name));
