import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** A letter on its way to nobody in particular. */
export const aLetter = (id: string) => ({
  id,
  at: Instant.parse('2022-09-20T12:00:00.000Z'),
  body: {
    kind: 'letter' as const,
    template: 'deadline-extended' as const,
    personId: PersonId.parse('0123456789ABCDEFGHJK'),
    facts: {},
  },
});
