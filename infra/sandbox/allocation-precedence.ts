import { allocate } from '#shared/allocation/allocate.ts';
import { capMembers, isAroundAll } from '#shared/allocation/cap-members.ts';
import type { Cap, Instance, Matches } from '#shared/allocation/instance.ts';

/**
 * The same instance with reserved seats over and above instead of first, or first instead of over and above. The order in which seats are
 * filled decides as much as their number, and is easily misread (Dur, Kominers, Pathak and Sönmez 2018), so both are shown.
 * @returns undefined where there are not both: no reserve, no one order, or no limit around everything
 */
const otherPrecedence = (instance: Instance): { says: string; instance: Instance } | undefined => {
  const { caps } = instance;
  const reserved = caps.filter(({ reserve = 0 }) => reserve > 0);
  const around = caps.findIndex((cap) => isAroundAll(instance, cap));
  const whole = caps[around];
  if (!instance.order || !whole || reserved.length === 0) return undefined;
  const isOver = (whole.open?.first ?? 0) > 0;
  const first = isOver ? 0 : Math.max(0, whole.max - seatsKept(instance, reserved));
  return {
    says: isOver
      ? 'If reserved seats came first'
      : `If ${first} open seats came first, and reserved ones over and above`,
    instance: { ...instance, caps: caps.with(around, { ...whole, open: { ...whole.open, first } }) },
  };
};

/** Reserves that lie in another one count for it. */
const seatsKept = (instance: Instance, reserved: readonly Cap[]): number => {
  const groups = reserved.map((cap) => new Set(capMembers(instance, cap)));
  return reserved.reduce((sum, { reserve = 0 }, index) => {
    const own = groups[index] ?? new Set<string>();
    const isInner = groups.some(
      (other, at) =>
        at !== index && [...own].every((id) => other.has(id)) && (own.size < other.size || at < index),
    );
    return isInner ? sum : sum + reserve;
  }, 0);
};

/** What the other precedence would change, person by person. */
export const precedenceText = (instance: Instance, matches: Matches): string[] => {
  const other = otherPrecedence(instance);
  const answer = other && allocate(other.instance);
  if (!answer?.ok) return [];
  const moved = instance.applicants
    .filter(({ id }) => matches[id] !== answer.value.matches[id])
    .map(({ id }) => `  ${id}: ${answer.value.matches[id] ?? '–'} instead of ${matches[id] ?? '–'}`);
  const found = moved.length === 0 ? 'nothing would change' : moved.length;
  return [[`${other?.says}: ${found}`, ...moved].join('\n')];
};
