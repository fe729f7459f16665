import { expect } from 'chai';
import { dateText } from './wire.ts';

describe('a date of the ISP desk', () => {
  it('is YYYY-MM-DD HH:mm:ss in UTC, whatever the fraction of its second', () => {
    expect(dateText(new Date('2024-01-15T10:30:00.000Z'))).to.equal('2024-01-15 10:30:00');
    expect(dateText(new Date('2024-01-15T10:30:59.999Z'))).to.equal('2024-01-15 10:30:59');
    expect(dateText(new Date('2024-12-31T23:30:00+07:00'))).to.equal('2024-12-31 16:30:00');
  });
});
