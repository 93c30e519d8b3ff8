import { heldStations } from '#functions/commands/interview-stations.ts';
import { readForm } from '#functions/commands/selection.ts';
import { unkept } from '#shared/domain/access-need.ts';
import type { Application } from '#shared/domain/application.ts';
import type { ApplicationForm } from '#shared/domain/application-form.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId, SlotId } from '#shared/domain/ids.ts';
import { scorecardsNeeded } from '#shared/domain/interview.ts';
import { InterviewWishes, needsOf } from '#shared/domain/interview-wishes.ts';
import { lacksOutsiders } from '#shared/domain/outsiders.ts';
import {
  freePanelists,
  type Panel,
  type Panels,
  panelsAggregate,
  type Unfit,
  unfitness,
} from '#shared/domain/panel.ts';
import { providedAt } from '#shared/domain/provided.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';
import type { Station } from '#shared/domain/station.ts';
import type { Commit, Records } from '#shared/ports/records.ts';

/** The panels of a round and the committee that they are of. */
export type PanelBook = {
  panels: Versioned<Panels> | undefined;
  committee: Versioned<Committee> | undefined;
  /** Times that take somebody or a room that another round takes then (`engaged-slots.ts`). */
  engaged?: ReadonlySet<SlotId> | undefined;
};

export const panelBook = async (records: Pick<Records, 'find'>, roundId: RoundId): Promise<PanelBook> => {
  const [panels, committee] = await Promise.all([
    records.find(panelsAggregate, roundId),
    records.find(committeeAggregate, roundId),
  ]);
  return { panels, committee };
};

/** That the panels of a time still are what was decided on. One of the whole committee has none: whatever is planned, it stands. */
export const panelsStand = (
  { panels }: Pick<PanelBook, 'panels'>,
  slot: Slot | undefined,
): NonNullable<Commit['requires']> =>
  panels && slot && partsOf(slot).some(({ panel }) => panel)
    ? [{ aggregate: 'panels', id: panels.id, version: panels.version }]
    : [];

/** That both still are what was decided on. */
export const bookStands = (book: PanelBook, slot: Slot): NonNullable<Commit['requires']> => [
  ...panelsStand(book, slot),
  ...(book.committee
    ? [{ aggregate: 'committee' as const, id: book.committee.id, version: book.committee.version }]
    : []),
];

/** What an applicant asked of the interview; nothing where they said nothing, and once it is erased. */
export const wishesOf = async (
  records: Pick<Records, 'document'>,
  ref: DocumentRef | undefined,
): Promise<InterviewWishes | undefined> => {
  const document = ref && (await records.document(ref));
  return document === undefined ? undefined : InterviewWishes.parse(document);
};

/**
 * The same with what the form says: of all where they said nothing since, and of needs where wishes say nothing of these, as older ones
 * do. Who answered in the form that something must be arranged, in a round that did not ask what, is heard where no steps are in the way.
 */
export const askedOf = async (
  records: Pick<Records, 'document'>,
  { wishes }: Pick<Candidacy, 'wishes'>,
  application: Application,
): Promise<InterviewWishes> => await askedWith(records, await wishesOf(records, wishes), application);

/** The same of wishes that are known. */
export const askedWith = async (
  records: Pick<Records, 'document'>,
  said: InterviewWishes | undefined,
  application: Application,
): Promise<InterviewWishes> => {
  if (said && (said.needs ?? said.other) !== undefined) return said;
  const form = application.stage === 'submitted' ? await readForm(records, application.form) : undefined;
  return { days: [], ...neededIn(form), ...said };
};

const neededIn = (
  form: ApplicationForm | undefined,
): Pick<InterviewWishes, 'stepFree' | 'needs' | 'other'> => {
  const { adjustmentsNeeded, accessNeeds, adjustments: other } = form ?? {};
  const stepFree = accessNeeds?.includes('step-free') ?? adjustmentsNeeded === 'yes';
  const needs = accessNeeds?.flatMap((need) => (need === 'step-free' ? [] : [need])) ?? [];
  return { stepFree, ...(needs.length > 0 && { needs }), ...(other && { other }) };
};

/** Members without a conflict of interest on a panel, and how many its station needs for this application. */
export const freeOn = (
  { panel, station }: { panel: Panel | undefined; station: Station },
  committee: Committee,
  candidacy: Pick<Candidacy, 'applicationId' | 'scorecards'>,
): { has: number; needs: number } => ({
  has: freePanelists(panel, committee, candidacy.applicationId).length,
  needs: scorecardsNeeded(candidacy, { committee }, station),
});

/**
 * Why a time does not suit an application; one of the whole committee suits everyone for whom it has outsiders enough, and who needs
 * nothing that is not there.
 */
export const unfitOf =
  (book: PanelBook, candidacy: Candidacy, asked: InterviewWishes, file: Pick<RoundFile, 'interviews'>) =>
  (slot: Slot): Unfit[] => {
    const committee = book.committee?.state;
    if (!committee) return [];
    const held = heldStations(book, file, slot);
    const needs = needsOf(asked);
    const found = held.flatMap(({ panel, ...at }): Unfit[] => {
      const provided = providedAt(slot, { panel, ...at });
      if (!panel) return unkept(needs.access, provided);
      const free = freeOn({ panel, ...at }, committee, candidacy);
      return unfitness({ languages: panel.languages, ...provided }, needs, free);
    });
    if (book.engaged?.has(slot.id)) found.push('engaged');
    const crew = held.map(({ panel }) => panel);
    if (lacksOutsiders(crew, committee, candidacy.applicationId, file.interviews)) found.push('outsiders');
    return [...new Set(found)];
  };
