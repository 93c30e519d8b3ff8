import * as z from 'zod';
import type { PlacementView } from '#functions/commands/placements.ts';
import { Deferral } from '#shared/domain/deferral.ts';
import { ItemOwner, Placement } from '#shared/domain/placement.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';

const Item = z.object({
  code: z.string(),
  title: Texts,
  owner: ItemOwner,
  required: z.boolean(),
  dueAt: Instant,
  doneAt: Instant.optional(),
});

/** Without the application: a school never sees one. */
export const PlacementAnswer = Placement.pick({
  id: true,
  number: true,
  status: true,
  startedAt: true,
  endedAt: true,
  beginsAt: true,
}).extend({
  post: Vacancy,
  items: z.array(Item),
  contactNamed: z.boolean(),
  /** A later beginning that was asked for; why is the person's own, and a school is told only what was granted, by `beginsAt`. */
  deferral: Deferral.pick({
    until: true,
    askedAt: true,
    status: true,
    mayRelease: true,
    entryUntil: true,
  }).optional(),
});

/** A placement to its owner and to who decides about it. */
export const placementAnswer = (view: PlacementView) => {
  const { deferral } = view.placement;
  if (!deferral) return schoolAnswer(view);
  const { reason: _own, decided: _staff, ...told } = deferral;
  return { ...schoolAnswer(view), deferral: told };
};

/** The same to its school. */
export const schoolAnswer = ({ placement, file, vacancy }: PlacementView) => {
  const { id, number, status, startedAt, endedAt, beginsAt, items } = placement;
  const titles = new Map(file.checklist.items.map(({ code, title }) => [code, title]));
  return {
    id,
    number,
    status,
    startedAt,
    endedAt,
    beginsAt,
    post: vacancy,
    contactNamed: placement.school !== undefined,
    items: items.map(({ code, owner, required, dueAt, done }) => ({
      code,
      title: titles.get(code) ?? { kk: code, ru: code, en: code },
      owner,
      required,
      dueAt,
      doneAt: done?.at,
    })),
  };
};
