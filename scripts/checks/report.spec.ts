import { expect } from 'chai';
import { desks } from '../../functions/src/api.ts';
import { lastLine, mochaOutcome, single, sum } from './report.ts';
import { selectSteps, STEPS } from './steps.ts';

const result = (passed: number, ...titles: string[]): string =>
  JSON.stringify({
    stats: { passes: passed },
    failures: titles.map((fullTitle) => ({
      fullTitle,
      err: { stack: 'because', actual: 'this', expected: 'that' },
    })),
  });

describe('the counts of npm test', () => {
  it('are those of all suites together, a check without tests counting as one', () => {
    const outcomes = [
      single(true, 'noise'),
      mochaOutcome(0, result(40), ''),
      mochaOutcome(2, result(3, 'a', 'b'), ''),
    ];
    expect(lastLine(sum(outcomes))).to.equal('44 passed, 2 failed');
  });

  it('include a failure when a suite dies, does not load or runs no test', () => {
    expect(mochaOutcome(1, undefined, 'SyntaxError')).to.deep.equal({
      passed: 0,
      failed: 1,
      detail: 'SyntaxError',
    });
    expect(mochaOutcome(1, 'half a fi', 'killed').failed).to.equal(1);
    expect(mochaOutcome(137, result(5), 'killed')).to.include({ passed: 5, failed: 1 });
    expect(mochaOutcome(0, result(0), '').failed).to.equal(1);
  });

  it('come with every failure in full', () => {
    const { detail } = mochaOutcome(2, result(0, 'first', 'second'), 'printed by a test');
    expect(detail).to.match(/first\nbecause.*-this.*second\nbecause.*printed by a test/s);
  });
});

describe('the steps of npm test', () => {
  it('are all of them, or those asked for in the table’s order', () => {
    expect(selectSteps(undefined)).to.equal(STEPS);
    expect(selectSteps('lint,types').map(({ name }) => name)).to.deep.equal(['types', 'lint']);
  });

  it('include all parts of a suite that is asked for by its name', () => {
    const names = selectSteps('faults').map(({ name }) => name);
    expect(names).to.deep.equal(['faults:1', 'faults:2']);
    expect(selectSteps('http').map(({ desk }) => desk)).to.include.members(
      desks.map(({ name }) => name),
    );
  });

  it('wait for steps that come before them only', () => {
    for (const [index, { name, after }] of STEPS.entries()) {
      const before = STEPS.slice(0, index).map((step) => step.name);
      if (after !== undefined) expect(before, name).to.include(after);
    }
  });

  it('are listed when an unknown one is requested', () => {
    expect(() => selectSteps('unti')).to.throw(/no step unti.*types.*rules-mutation/s);
  });
});
