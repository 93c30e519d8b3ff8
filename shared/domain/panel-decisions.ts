import { type Committee, seatOf } from '#shared/domain/committee.ts';
import type { PanelId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { overlaps, type Panel, type Panels, type PanelsEvent, type Sitting } from '#shared/domain/panel.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<PanelsEvent[], Refusal>;

/** What the secretary says of a panel. */
export type Composition = Pick<Panel, 'members' | 'languages' | 'stepFree' | 'place'>;

/** The committee that a panel is of, and how many members it must have: as many as an interview needs scorecards. */
export type Seated = { committee: Committee; least: number };

/** So many panels that their record stays small; a round of 2,000 interviews needs a fraction. */
const mostPanels = 50;

/** Composes a panel. Faults name the fields `members` and `languages`. */
export const composePanel = (
  panels: Panels | undefined,
  panel: Composition & { id: PanelId; roundId: RoundId },
  seated: Seated,
  now: Instant,
): Decision => {
  const number = (panels?.panels.length ?? 0) + 1;
  const faults = [
    ...compositionFaults(panel, seated),
    ...(number > mostPanels ? [fault('members', 'panel.fault.many', { maximum: mostPanels })] : []),
  ];
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  const { id, roundId, ...composition } = panel;
  return ok([{ type: 'panel-composed', at: now, roundId, panel: id, number, ...composition }]);
};

/**
 * Composes it anew. Once times are planned for it, only its members may change: applicants chose their time by the rest. A new
 * member must be free whenever it sits.
 */
export const changePanel = (
  panels: Panels,
  { id, ...composition }: Composition & { id: PanelId },
  seated: Seated,
  now: Instant,
): Decision => {
  const panel = panelIn(panels, id);
  if (!panel) return refuse({ kind: 'not-found', what: 'panel' });
  const faults = [...compositionFaults(composition, seated), ...promised(panel, composition)];
  const [clash] = panel.sittings.flatMap((sitting) => clashes(panels, { ...panel, ...composition }, sitting));
  if (clash) faults.push(fault('members', 'panel.fault.elsewhere', { number: clash.number }));
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  if (isSame(panel, composition)) return ok([]);
  return ok([{ type: 'panel-changed', at: now, panel: id, ...composition }]);
};

/** Plans a sitting. Refused where the panel, or one of its members with another panel, sits at that time already. */
export const seatPanel = (panels: Panels, id: PanelId, sitting: Sitting, now: Instant): Decision => {
  const panel = panelIn(panels, id);
  if (!panel) return refuse({ kind: 'not-found', what: 'panel' });
  if (panel.sittings.some((other) => overlaps(other, sitting))) {
    return refuse({ kind: 'invalid', faults: [fault('from', 'panel.fault.sits')] });
  }
  const [clash] = clashes(panels, panel, sitting);
  if (clash) {
    const faults = [fault('from', 'panel.fault.elsewhere', { number: clash.number })];
    return refuse({ kind: 'invalid', faults });
  }
  return ok([{ type: 'panel-sits', at: now, panel: id, sitting }]);
};

/** The times of a slot leave the plan of its panel. */
export const raisePanel = (panel: PanelId, sitting: Sitting, now: Instant): PanelsEvent[] => [
  { type: 'panel-rises', at: now, panel, sitting },
];

export const panelIn = (panels: Panels | undefined, id: PanelId | undefined): Panel | undefined =>
  panels?.panels.find((panel) => panel.id === id);

/** Other panels that sit at that time and have a member in common. */
const clashes = ({ panels }: Panels, { id, members }: Panel, sitting: Sitting): Panel[] =>
  panels.filter(
    (other) =>
      other.id !== id &&
      other.members.some((member) => members.includes(member)) &&
      other.sittings.some((one) => overlaps(one, sitting)),
  );

const compositionFaults = ({ members, languages }: Composition, { committee, least }: Seated): Fault[] => {
  const seats = members.map((id) => seatOf(committee, id)?.seat);
  const strangers = seats.some((seat) => seat !== 'chair' && seat !== 'member');
  return [
    ...(strangers ? [fault('members', 'panel.fault.seat')] : []),
    ...(new Set(members).size < least ? [fault('members', 'panel.fault.few', { minimum: least })] : []),
    ...(languages.length === 0 ? [fault('languages', 'panel.fault.language')] : []),
  ];
};

const promised = (panel: Panel, composition: Composition): Fault[] => {
  const kept = panel.sittings.length === 0 || isSame(panel, { ...composition, members: panel.members });
  return kept ? [] : [fault('place', 'panel.fault.promised')];
};

const isSame = (panel: Composition, { members, languages, stepFree, place }: Composition): boolean =>
  panel.stepFree === stepFree &&
  panel.place.digest === place.digest &&
  equal(panel.languages, languages) &&
  equal<PersonId>(panel.members, members);

const equal = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

const fault = (place: string, message: string, facts: Fault['facts'] = {}): Fault => ({
  place,
  message,
  facts,
});
