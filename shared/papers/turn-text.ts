import type { PersonId } from '#shared/domain/ids.ts';
import type { Turn } from '#shared/domain/tenure.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** Why somebody took a place in the room or gave it up, on paper and on pages. */
export const turnText = (t: Translator, turn: Turn, nameOf: (id: PersonId) => string): string =>
  'seat' in turn
    ? t(`discussion.turn.${turn.kind}`, { seat: t(`committee.seat.${turn.seat}`) })
    : t(`discussion.turn.${turn.kind}`, { name: nameOf(turn.other) });
