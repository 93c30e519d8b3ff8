import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationId, ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import { dana, erlan } from '#test/builders/selection.ts';

export const reason = 'Себебі құжатта.';

/** Somebody who administers the region and sits on the committee as well. */
export const dual: Person = { ...dana, role: 'administrator' };

type Of = { id: ApplicationId; number: ApplicationNumber };

/** What addresses and bodies say of an application, whatever is done about it. */
export const about = ({ id, number }: Of, roundId: RoundId) => ({
  ids: { round: roundId, application: id, item: 'motivation', member: erlan.id },
  says: {
    reason,
    memberId: erlan.id,
    ruling: 'pinned',
    item: 'motivation',
    text: 'A wish.',
    copy: 'A wish.',
    press: 'redacted',
    suggested: false,
    group: false,
    absent: [],
    question: 'Қай мектепте?',
    workingDays: 3,
    verdict: 'refused',
    came: false,
    note: 'Тыңдадым.',
    application: number,
    applicationId: id,
    number,
    numbers: [number],
    seen: 0,
  },
  form: {},
});
