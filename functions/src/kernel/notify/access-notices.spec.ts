import { expect } from 'chai';
import { type Grant, newPerson } from '../auth/grant.ts';
import { accessNoticesOf } from './access-notices.ts';

const person = (access: Grant['access'], active = true): Grant =>
  newPerson(
    {
      id: 'ann',
      email: 'ann@crewline.test',
      nik: '1',
      name: 'Ann',
      profilePhoto: null,
      phoneNumber: '0812',
      active,
      access,
    },
    new Date('2026-11-20T08:00:00Z'),
  );

const foc = { role: 'FOC', active: true };
const noc = { role: 'NOC', active: true };
const off = { role: 'FOC', active: false };

/** The grant before and after, and what the desk cgs tells of it. */
const CASES: readonly (readonly [Grant | undefined, Grant | undefined, readonly string[]])[] = [
  [undefined, person({ cgs: foc }), ['accessGranted cgs']],
  [undefined, person({ isp: foc }), []],
  [undefined, person({ cgs: foc }, false), []],
  [person({}), person({ cgs: foc }), ['accessGranted cgs']],
  [person({ cgs: off }), person({ cgs: foc }), ['accessGranted cgs']],
  [person({ cgs: foc }, false), person({ cgs: foc }), ['accessGranted cgs']],
  [person({ cgs: foc }), person({ cgs: foc }), []],
  [person({ cgs: foc }), person({ cgs: noc }), ['accessChanged cgs']],
  [person({ cgs: foc, isp: foc }), person({ cgs: foc }), ['accessWithdrawn isp']],
  [
    person({ cgs: foc, isp: foc, urban: foc }),
    person({ cgs: noc, isp: off }),
    ['accessChanged cgs', 'accessWithdrawn isp, urban'],
  ],
  [person({ cgs: foc }), person({ cgs: off }), []],
  [person({ cgs: foc }), person({ cgs: foc }, false), []],
  [person({ cgs: foc }), undefined, []],
];

describe('what people are told of their access', () => {
  it('is told at the desks that they can use, about these and about others that they lost', () => {
    for (const [before, after, told] of CASES) {
      const notices = accessNoticesOf('cgs', before, after);
      expect(notices.map(({ kind, values }) => `${kind} ${values.desk}`)).to.deep.equal(told);
      for (const { to } of notices) expect(to).to.deep.equal([{ uid: 'ann' }]);
    }
  });
});
