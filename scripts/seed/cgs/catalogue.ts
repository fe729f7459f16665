import {
  INDICATION_CATEGORIES,
  type IndicationCategory,
} from '../../../functions/src/desks/cgs/domain/vocabulary.ts';
import { idOf } from '../ids.ts';

const isp = (initial: string, company: string, brand: string) => ({
  id: idOf(`isp ${initial}`),
  name: `${company}, PT / ${initial} / ${brand}`,
  initial,
  brand,
});

/** Providers whose customers hang on the network. None of them exists. */
export const ISPS = [
  isp('NJM', 'NUSA JARING MANDIRI', 'NUSALINK'),
  isp('CSB', 'CAHAYA SERAT BERSAMA', 'CAHAYANET'),
  isp('LTS', 'LINTAS TIRTA SAMUDRA', 'TIRTAFIBER'),
  isp('GDA', 'GARUDA DATA ANGKASA', 'GADANET'),
  isp('BPI', 'BUMI PITA INDONESIA', 'PITALEBAR'),
] as const;

/** What an operator notes down as the likely cause. */
const WORDS = {
  FiberCut: ['Kabel putus tertabrak truk', 'Kabel putus tertimpa pohon', 'Kabel digigit tikus'],
  Bending: ['Kabel tertekuk di tiang', 'Redaman tinggi di closure'],
  Device: ['ONT mati', 'SFP rusak', 'Port OLT bermasalah'],
  Electricity: ['Listrik padam di POP', 'Adaptor ONT rusak', 'UPS habis'],
} as const satisfies Record<IndicationCategory, readonly string[]>;

export const INDICATIONS = INDICATION_CATEGORIES.flatMap((category) =>
  WORDS[category].map((indication) => ({
    id: idOf(`indication ${indication}`),
    category,
    indication,
  })),
);
