import * as z from 'zod';
import { type Provided, Provision, type Unkept, unkept } from '#shared/domain/access-need.ts';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import { type Committee, inConflict, seatOf, votersOf } from '#shared/domain/committee.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { Hall, hallLeft, hallTaken } from '#shared/domain/hall.ts';
import { type ApplicationId, PanelId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Needs } from '#shared/domain/interview-wishes.ts';
import { RuleCode } from '#shared/domain/provenance.ts';
import { CommitteeSitting, counted, joined, leaving, Sitting } from '#shared/domain/sittings.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a panel provides besides the way to its room, of which `stepFree` tells. */
export const PanelProvision = Provision.exclude(['step-free']);
export type PanelProvision = z.infer<typeof PanelProvision>;

/** What a panel is: who sits there, where, at which stations, and whom it can hear. */
const composed = {
  /** Chair or members. A substitute sits where the member sits for whom they stand in. */
  members: z.array(PersonId),
  languages: z.array(InterviewLanguage),
  /** Reached without steps; so is a video call. */
  stepFree: z.boolean(),
  /** What else is there for who needs it: nothing where this is absent. */
  provides: z.array(PanelProvision).min(1).optional(),
  /** Typed by the secretary: a room or the address of a video call. */
  place: DocumentRef,
  /** Codes of the stations that it may be planned for; any where this is absent. */
  stations: z.array(RuleCode).min(1).optional(),
  /** Code of the site where it sits; absent for a video call, and where the round names none. */
  site: RuleCode.optional(),
};

/** Members of the committee who hold interviews together at one place. */
export const Panel = z.object({
  id: PanelId,
  /** 1 for the first of a round: what it is called. */
  number: z.int().min(1),
  ...composed,
  /** When it sits: the times that are planned for it, in the order of time, none touching another. */
  sittings: z.array(Sitting),
});
export type Panel = z.infer<typeof Panel>;

/** The panels of one round; its id is the round's. One record, so that nobody is planned into two places at once. */
export const Panels = z.object({
  roundId: RoundId,
  panels: z.array(Panel),
  /** When the whole committee holds interviews; absent until a time is planned, and in older records (`seating-book.ts`). */
  committee: z.array(CommitteeSitting).optional(),
  /** Where it does, as it was typed with the times that were planned together; times of before 28 November 2026 are in none. */
  halls: z.array(Hall).optional(),
});
export type Panels = z.infer<typeof Panels>;

export const PanelsEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('panel-composed'),
    at: Instant,
    roundId: RoundId,
    panel: PanelId,
    number: z.int().min(1),
    ...composed,
  }),
  z.object({ type: z.literal('panel-changed'), at: Instant, panel: PanelId, ...composed }),
  z.object({
    type: z.literal('panel-sits'),
    at: Instant,
    panel: PanelId,
    sitting: Sitting,
    /** Those that do not touch it, where the panel pauses in between. */
    further: z.array(Sitting).optional(),
  }),
  /** Times that leave the plan. */
  z.object({
    type: z.literal('panel-rises'),
    at: Instant,
    panel: PanelId,
    sitting: Sitting,
    further: z.array(Sitting).optional(),
  }),
  /** The first of a round also says what was planned before this record knew it, which may be nothing. */
  z.object({
    type: z.literal('committee-sits'),
    at: Instant,
    roundId: RoundId,
    sittings: z.array(CommitteeSitting),
    place: DocumentRef.optional(),
  }),
  z.object({
    type: z.literal('committee-rises'),
    at: Instant,
    sittings: z.array(Sitting).min(1),
    place: DocumentRef.optional(),
  }),
]);
export type PanelsEvent = z.infer<typeof PanelsEvent>;

export const panelsAggregate: Aggregate<Panels, PanelsEvent> = {
  name: 'panels',
  event: PanelsEvent,
  snapshot: Panels,
  evolve: (before, event) => {
    if (event.type === 'panel-composed') {
      const { roundId, panel: id, number } = event;
      const panel = { id, number, ...compositionOf(event), sittings: [] };
      return { ...before, roundId, panels: [...(before?.panels ?? []), panel] };
    }
    if (event.type === 'committee-sits') return committeeSits(before, event);
    if (!before) throw new Error(`Panels cannot begin with ${event.type}.`);
    if (event.type === 'committee-rises') return committeeRises(before, event);
    const panels = before.panels.map((panel) =>
      panel.id === event.panel ? evolvePanel(panel, event) : panel,
    );
    return { ...before, panels };
  },
  lists: () => ({}),
};

type CommitteeEvent<Type> = Extract<PanelsEvent, { type: Type }>;

const committeeSits = (
  before: Panels | undefined,
  { roundId, sittings, place }: CommitteeEvent<'committee-sits'>,
): Panels => {
  const committee = counted([...(before?.committee ?? []), ...sittings]);
  const halls = place ? hallTaken(before?.halls ?? [], place, sittings) : before?.halls;
  return { roundId, panels: before?.panels ?? [], committee, ...(halls && { halls }) };
};

const committeeRises = (before: Panels, { sittings, place }: CommitteeEvent<'committee-rises'>): Panels => {
  const committee = counted(before.committee ?? [], sittings);
  const halls = place && before.halls ? hallLeft(before.halls, place, sittings) : before.halls;
  return { ...before, committee, ...(halls && { halls }) };
};

/** What the secretary says of a panel. */
export type Composition = Pick<Panel, keyof typeof composed>;

const compositionOf = ({
  members,
  languages,
  stepFree,
  provides,
  place,
  stations,
  site,
}: Composition): Composition => ({
  members,
  languages,
  stepFree,
  ...(provides && { provides }),
  place,
  ...(stations && { stations }),
  ...(site && { site }),
});

type PanelEvent = Extract<PanelsEvent, { type: 'panel-changed' | 'panel-sits' | 'panel-rises' }>;

const evolvePanel = (panel: Panel, event: PanelEvent): Panel => {
  switch (event.type) {
    case 'panel-changed': {
      const { id, number, sittings } = panel;
      return { id, number, ...compositionOf(event), sittings };
    }
    case 'panel-sits':
      return {
        ...panel,
        sittings: joined([...panel.sittings, event.sitting, ...(event.further ?? [])]),
      };
    case 'panel-rises':
      return {
        ...panel,
        sittings: [event.sitting, ...(event.further ?? [])].reduce(leaving, panel.sittings),
      };
    default:
      return event satisfies never;
  }
};

/** Who sits on a panel now: its members who may vote, and substitutes for those who are away. The committee where there is none. */
export const panelistsOf = (panel: Panel | undefined, committee: Committee): PersonId[] => {
  const voters = votersOf(committee);
  if (!panel) return voters;
  const members = new Set(panel.members);
  return voters.filter((id) => {
    const instead = seatOf(committee, id)?.standsInFor;
    return members.has(instead ?? id);
  });
};

/** Those of them who have no conflict of interest with an application. */
export const freePanelists = (
  panel: Panel | undefined,
  committee: Committee,
  applicationId: ApplicationId,
): PersonId[] => panelistsOf(panel, committee).filter((id) => !inConflict(committee, id, applicationId));

/** What a panel provides, wherever and whenever it sits. */
export const providedBy = ({ stepFree, provides = [] }: Pick<Panel, 'stepFree' | 'provides'>): Provision[] =>
  stepFree ? ['step-free', ...provides] : provides;

/**
 * Why a panel may not hear an application; `outsiders`: too few of it work elsewhere than where a post is wanted (`outsiders.ts`); `engaged`:
 * somebody of it, or its room, is taken by another round then.
 */
export type Unfit = 'language' | Unkept | 'conflicts' | 'outsiders' | 'engaged';

/**
 * What stands between an application and who would hear it at a time; nothing where it may be heard there.
 * @param free how many panelists have no conflict of interest with it, and how many are needed
 */
export const unfitness = (
  { languages, ...provided }: Pick<Panel, 'languages'> & Provided,
  { language, access }: Needs,
  free: { has: number; needs: number },
): Unfit[] => [
  ...(language !== undefined && !languages.includes(language) ? ['language' as const] : []),
  ...unkept(access, provided),
  ...(free.has < free.needs ? ['conflicts' as const] : []),
];

/** Why a time does not suit, as far as the applicant said so; conflicts of interest of members are not told. */
export type Lack = 'language' | Unkept;

export const lacksIn = (unfit: readonly Unfit[]): Lack[] =>
  unfit.flatMap((why) => (why === 'conflicts' || why === 'outsiders' || why === 'engaged' ? [] : [why]));
