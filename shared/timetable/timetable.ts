import { type Flow, minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { chanceOf } from '#shared/chance.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { type Infeasible, infeasible } from '#shared/timetable/infeasible.ts';
import { type Candidate, type FreeTime, type Instance, openWishes } from '#shared/timetable/instance.ts';
import { type Layout, layoutOf } from '#shared/timetable/network.ts';

export type Appointment = { candidate: string; time: string };

export type Timetable = {
  /** In the order of the applications’ ids. */
  appointments: Appointment[];
  /** Wishes that were uttered, and those that the timetable leaves open. */
  wishes: { asked: number; open: number };
};

/**
 * Gives each application a time (ANCHORS 5.6), or says what makes that impossible. Language, all that is needed and enough members without a
 * conflict of interest must hold; each time serves one application. Among what is left: as few wishes as can be are left open, the
 * panels have even loads, the early times of a day are taken, and a lot drawn from the seed decides.
 *
 * The same instance gives the same bytes, in whatever order candidates, panels and times came, on any machine.
 */
export const timetable = (given: Instance): Result<Timetable, Infeasible> => {
  const instance = inOrder(given);
  const layout = layoutOf(instance, chanceOf(`timetable ${instance.seed}`));
  const flow = minCostFlow(layout.network);
  if (flow.value < instance.candidates.length) return refuse(infeasible(instance, flow.value));
  return ok(timetableOf(instance, layout, flow));
};

const inOrder = ({ seed, candidates, panels, times }: Instance): Instance => ({
  seed,
  candidates: candidates.toSorted((a, b) => order(a.id, b.id)),
  panels: panels.toSorted((a, b) => order(a.id, b.id)),
  times: times.toSorted((a, b) => order(a.startsAt, b.startsAt) || order(a.id, b.id)),
});

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const timetableOf = (instance: Instance, layout: Layout, { on }: Flow): Timetable => {
  const heard: Candidate[][] = layout.bundles.map(() => []);
  const taken: FreeTime[][] = layout.bundles.map(() => []);
  const bundleOfTime = new Map(
    layout.bundles.flatMap(({ times }, bundle) => times.map(({ id }) => [id, bundle] as const)),
  );
  on.forEach((units, arc) => {
    if (units === 0) return;
    const pair = layout.pairOf(arc);
    const candidate = pair && instance.candidates[pair.candidate];
    if (pair && candidate) heard[pair.bundle]?.push(candidate);
    const time = layout.timeOf(arc);
    if (time) taken[bundleOfTime.get(time.id) ?? -1]?.push(time);
  });
  let open = 0;
  const appointments = heard.flatMap((candidates, bundle) =>
    candidates.flatMap((candidate, place): Appointment[] => {
      const time = taken[bundle]?.[place];
      if (!time) return [];
      open += openWishes(candidate, time);
      return [{ candidate: candidate.id, time: time.id }];
    }),
  );
  const asked = instance.candidates.reduce(
    (sum, { part, days }) => sum + Number(part !== undefined) + Number(days.length > 0),
    0,
  );
  return {
    appointments: appointments.toSorted((a, b) => order(a.candidate, b.candidate)),
    wishes: { asked, open },
  };
};
