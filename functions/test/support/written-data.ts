/** What this process of specs writes to, and what of it is not sound: `root-hooks.ts` checks the rest. */
const projects = new Set<string>();
const directly = new Set<string>();
const exceptions: ((path: string) => boolean)[] = [];

/** The Firestore projects that specs have written to. */
export const writtenProjects = (): readonly string[] => [...projects];

/** Says that specs write to a project, whose documents are then checked at the end. */
export const writesTo = (project: string): string => {
  projects.add(project);
  return project;
};

/** Says that a document is written without the endpoint that would make it complete. */
export const writesDirectly = (path: string): void => void directly.add(path);

/** Declares documents that a spec breaks on purpose. */
export const leavesUnsound = (isException: (path: string) => boolean): void =>
  void exceptions.push(isException);

/** Declares a whole project as such. */
export const leavesUnsoundProject = (project: string): string => {
  projects.delete(project);
  return project;
};

/** Whether a document need not be sound. */
export const isException = (path: string): boolean =>
  directly.has(path) || exceptions.some((each) => each(path));
