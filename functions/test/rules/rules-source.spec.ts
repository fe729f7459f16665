import { expect } from 'chai';
import { findGaps } from './coverage.ts';
import { mutate } from './mutants.ts';
import { decisions, parseConditions } from './rules-source.ts';

const SOURCE = `
function isStaff(role) { // not 'a && b'
  return signedIn() && (role == 'NOC' || role in ['FOC', 'FOCSupervisor']);
}
match /tickets/{id} {
  allow read: if isStaff('NOC') && resource.data.region == 'a || b';
}`;

const textOf = (source: string) =>
  parseConditions(source)
    .flatMap(decisions)
    .map(({ start, end }) => source.slice(start, end));

describe('rules: reading the rules file', () => {
  it('finds each condition and each operand, not those in strings and comments', () => {
    expect(textOf(SOURCE)).to.deep.equal([
      "signedIn() && (role == 'NOC' || role in ['FOC', 'FOCSupervisor'])",
      'signedIn()',
      "(role == 'NOC' || role in ['FOC', 'FOCSupervisor'])",
      "role == 'NOC'",
      "role in ['FOC', 'FOCSupervisor']",
      "isStaff('NOC') && resource.data.region == 'a || b'",
      "isStaff('NOC')",
      "resource.data.region == 'a || b'",
    ]);
  });

  it('an expression seen only true is a gap that names its line', () => {
    const source = 'allow read: if\n  signedIn();';
    const start = source.indexOf('signedIn');
    const report = (boolValue: boolean) => ({
      sourcePosition: { currentOffset: start, endOffset: start + 'signedIn()'.length - 1 },
      values: [{ value: { boolValue } }],
    });
    expect(findGaps(source, { report: [report(true)] }).gaps).to.deep.equal([
      { line: 2, expression: 'signedIn()', missing: [false] },
    ]);
    expect(findGaps(source, { report: [report(true), report(false)] }).gaps).to.deep.equal([]);
    expect(findGaps(source, { report: [] }).gaps).to.have.length(1);
  });

  it('breaks every condition: constants, operators, words, methods and paths', () => {
    const broken = mutate(SOURCE).map(({ before, after }) => `${before} → ${after}`);
    expect(broken).to.include.members([
      'signedIn() → true',
      "isStaff('NOC') → false",
      "role == 'NOC' → … != …",
      "isStaff('NOC') && resource.data.region == 'a || b' → … || …",
      "'NOC' → 'FOC'",
      "'FOC', → ",
      'allow read → allow read, write',
      'match /tickets/{id} → match /tickets/{id=**}',
    ]);
    expect(new Set(mutate(SOURCE).map(({ source }) => source)).size).to.equal(broken.length);
  });
});
