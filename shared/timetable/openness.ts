import { type Candidate, type Rule, type Sitting, unfitFor } from '#shared/timetable/instance.ts';

/** What stands between an application and each panel, in the order of the panels. */
type Unfitness = (candidate: Candidate) => readonly (readonly Rule[])[];

/**
 * Asks once for applications that are alike in all that the rules look at: of thousands most have no conflict of interest, and the same few needs.
 */
export const unfitnessAt = (panels: readonly Sitting[]): Unfitness => {
  const known = new Map<string, readonly (readonly Rule[])[]>();
  return (candidate) => {
    const { needs, members, conflicts, insiders, outsiders } = candidate;
    const asked = [needs.language, needs.access, members, outsiders];
    const kind = JSON.stringify([...asked, conflicts.toSorted(), insiders.toSorted()]);
    const before = known.get(kind);
    if (before) return before;
    const unfit = panels.map((panel) => unfitFor(candidate, panel));
    known.set(kind, unfit);
    return unfit;
  };
};
