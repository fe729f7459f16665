import pMap from 'p-map';
import { isException, writtenProjects } from './written-data.ts';

/** For mocha: at the end of each process, everything that its specs wrote is checked. */
export const mochaHooks = {
  async afterAll(this: Mocha.Context): Promise<void> {
    const projects = writtenProjects();
    // The unit specs do not load what this needs.
    if (projects.length === 0) return;
    this.timeout(120_000);
    const { expectSoundData } = await import('./check-data.ts');
    const check = (project: string) => expectSoundData(project, isException);
    await pMap(projects, check, { concurrency: 4 });
  },
};
