import { createHash } from 'node:crypto';

/** Demo data's own namespace; another one would give all of it other ids. */
const NAMESPACE = Buffer.from('6f1d0c5e8a4b4e39b7d2c90a51e3f874', 'hex');

/** The UUID (version 5) that a name always gets, so that a second run finds what the first made. */
export const idOf = (name: string): string => {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
