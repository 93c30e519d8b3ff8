import type { Person } from '#functions/commands/workplace.ts';
import { dana, erlan } from '#test/builders/selection.ts';
import type { WriteScene } from './closed-writes.ts';

export const reason = 'Себебі құжатта.';

/** Somebody who administers the region and sits on the committee as well. */
export const dual: Person = { ...dana, role: 'administrator' };

type Known = Pick<WriteScene, 'ids' | 'says' | 'form'>;
type Place = Omit<WriteScene, keyof Known>;

/** What addresses and bodies say of an application, whatever is done about it. */
const about = ({ application: { id, number }, roundId }: Place): Known => ({
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

/** A scene about an application, with what its own addresses, bodies and forms say besides, or otherwise. */
export const sceneOf = (place: Place, own: Partial<Known> = {}): WriteScene => {
  const { ids, says, form } = about(place);
  return {
    ...place,
    ids: { ...ids, ...own.ids },
    says: { ...says, ...own.says },
    form: { ...form, ...own.form },
  };
};
