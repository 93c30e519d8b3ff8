import type { Cap, Instance } from '#shared/allocation/instance.ts';

/** The ids of the vacancies that a cap is around. */
export const capMembers = ({ vacancies }: Instance, cap: Cap): readonly string[] => {
  if ('vacancies' in cap) return cap.vacancies;
  const inside = vacancies.filter((one) =>
    'region' in cap ? one.region === cap.region : one.subject === cap.subject,
  );
  return inside.map(({ id }) => id);
};

/** Whether a cap is around every vacancy. */
export const isAroundAll = (instance: Instance, cap: Cap): boolean => {
  const members = new Set(capMembers(instance, cap));
  return instance.vacancies.every(({ id }) => members.has(id));
};
