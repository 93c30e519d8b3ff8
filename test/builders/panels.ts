import { planSlots } from '#functions/commands/interview-slots.ts';
import { keepPanel, type PanelInput } from '#functions/commands/panels.ts';
import { changed } from '#functions/commands/storing.ts';
import { type CommitteeEvent, committeeAggregate } from '#shared/domain/committee.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, PanelId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Panel } from '#shared/domain/panel.ts';
import type { Slot } from '#shared/domain/slot.ts';
import { chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** Chair and two members; the interview of the sample round needs three scorecards. */
export const threeOf = [chair.id, nth(members, 0).id, nth(members, 1).id];

/** A panel without steps that speaks Kazakh and Russian, unless said otherwise. */
export const panelKept = async (
  world: World,
  roundId: RoundId,
  of: Partial<PanelInput> & { panel?: PanelId } = {},
): Promise<Panel> => {
  const { panel, ...input } = of;
  const place = 'Кабинет 12';
  return granted(
    await keepPanel(world, {
      by: secretary,
      roundId,
      panel,
      input: { members: threeOf, languages: ['kk', 'ru'], stepFree: true, place, ...input },
    }),
  );
};

/** Half hours from ten in the morning of 24 October 2022 in Almaty. */
export const panelSlots = async (
  world: World,
  roundId: RoundId,
  { panel, count, from = at('2022-10-24T04:00') }: { panel: Panel; count: number; from?: Slot['startsAt'] },
): Promise<readonly Slot[]> =>
  granted(await planSlots(world, { by: secretary, roundId, from, count, panel: panel.id }));

type Panels = Record<'lesson' | 'conversation', Pick<Panel, 'id'>>;

/** Which panel holds which of the sample's two stations. */
export const stationsOf = ({ lesson, conversation }: Panels) => [
  { station: 'lesson', panel: lesson.id },
  { station: 'conversation', panel: conversation.id },
];

/** Panels of `twoAndThree` with nobody in common: two members hear the lesson, the chair and two others the conversation. */
export const twoAndThreeKept = async (
  world: World,
  roundId: RoundId,
  of: { [Station in keyof Panels]?: Partial<PanelInput> } = {},
): Promise<Record<keyof Panels, Panel>> => {
  const [m1, m2, m3, m4] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];
  const lesson = { members: [m1.id, m2.id], place: 'Room 204', ...of.lesson };
  const conversation = { members: [chair.id, m3.id, m4.id], place: 'Room 118', ...of.conversation };
  return {
    lesson: await panelKept(world, roundId, lesson),
    conversation: await panelKept(world, roundId, conversation),
  };
};

/** Times of the sample's two stations, one panel each; the first of the members sits on both. */
export const stationsPlanned = async (
  world: World,
  roundId: RoundId,
  count: number,
): Promise<readonly Slot[]> => {
  const [first, second, third, fourth] = members.map(({ id }) => id);
  const held = (place: string, sitting: readonly (PersonId | undefined)[]): Promise<Panel> =>
    panelKept(world, roundId, { place, members: sitting.flatMap((id) => id ?? []) });
  const lesson = await held('204-бөлме', [first, second, third]);
  const conversation = await held('118-бөлме', [first, fourth, chair.id]);
  return granted(
    await planSlots(world, {
      by: secretary,
      roundId,
      from: at('2022-10-24T04:00'),
      count,
      stations: stationsOf({ lesson, conversation }),
    }),
  );
};

export const committeeHas = async (
  world: World,
  roundId: RoundId,
  events: readonly CommitteeEvent[],
): Promise<void> => {
  const before = await world.records.find(committeeAggregate, roundId);
  const { change } = changed(committeeAggregate, roundId, before, events);
  granted(await world.records.commit({ by: secretary, changes: [change] }));
};

/** Members who work at a school that an applicant wants, and were cleared to judge them all the same. */
export const clearedInsiders = async (
  world: World,
  roundId: RoundId,
  applicationId: ApplicationId,
  memberIds: readonly PersonId[],
): Promise<void> => {
  const now = world.clock.now();
  const reason = {
    owner: 'test',
    kind: 'reason' as const,
    version: 1,
    digest: sha256Of('they teach another subject'),
  };
  const found = memberIds.map((memberId) => ({
    memberId,
    applicationId,
    grounds: ['school' as const],
    bars: true,
  }));
  const cleared = memberIds.map((memberId) => ({
    type: 'conflict-ruled' as const,
    at: now,
    memberId,
    applicationId,
    by: secretary.id,
    ruling: 'cleared' as const,
    reason,
  }));
  await committeeHas(world, roundId, [{ type: 'conflicts-found', at: now, found }, ...cleared]);
};

/** A conflict of interest, as its declaration stores it. */
export const inConflictWith = async (
  world: World,
  roundId: RoundId,
  applicationId: ApplicationId,
  memberIds: readonly PersonId[],
): Promise<void> => {
  const declared = memberIds.map((memberId) => ({
    type: 'conflict-declared' as const,
    at: world.clock.now(),
    memberId,
    applicationId,
  }));
  await committeeHas(world, roundId, declared);
};
