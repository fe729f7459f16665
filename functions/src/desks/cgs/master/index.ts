import { sweepArchive } from '../../../kernel/resource/archive.ts';
import { areaData } from './areas.ts';
import { clientData } from './clients.ts';
import { indicationData } from './indications.ts';
import { ispData } from './isps.ts';
import { mainSplitterData, popData, splitterData } from './points.ts';

const ALL = [
  areaData,
  mainSplitterData,
  splitterData,
  popData,
  ispData,
  indicationData,
  clientData,
];

/** The endpoints of master data: seven kinds of one shape. */
export const MASTER_DATA = ALL.flatMap(({ endpoints }) => endpoints);

/** Removes deleted master data that nothing refers to. */
export const sweepMasterData = sweepArchive(ALL.map(({ archived }) => archived));
