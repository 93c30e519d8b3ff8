import { effectsText } from '#infra/sandbox/allocation-effects.ts';
import { precedenceText } from '#infra/sandbox/allocation-precedence.ts';
import { tableOf } from '#infra/sandbox/table.ts';
import type { Allocation } from '#shared/allocation/allocate.ts';
import { capMembers } from '#shared/allocation/cap-members.ts';
import type { Cap, Instance } from '#shared/allocation/instance.ts';
import { type Proof, verify } from '#shared/allocation/verify.ts';

/** The allocation, the cut-offs, the caps and the proof, as text for a terminal. */
export const allocationPage = (instance: Instance, allocation: Allocation): string =>
  [
    `Mechanism: ${instance.mechanism}`,
    tableOf(applicantRows(instance, allocation), [
      { title: 'applicant', of: ({ id }) => plain(id) },
      { title: 'vacancy', of: ({ vacancy }) => plain(vacancy) },
      { title: 'wish', of: ({ wish }) => wish, right: true },
      { title: 'place', of: ({ place }) => place, right: true },
    ]),
    tableOf(vacancyRows(instance, allocation), [
      { title: 'vacancy', of: ({ id }) => plain(id) },
      { title: 'people', of: ({ people }) => people, right: true },
      { title: 'seats', of: ({ capacity }) => capacity, right: true },
      { title: 'cut-off', of: ({ cutoff }) => cutoff ?? '–', right: true },
      { title: 'admits', of: ({ admits }) => plain(admits) },
    ]),
    ...(instance.caps.length === 0 ? [] : [capTable(instance, allocation)]),
    ...precedenceText(instance, allocation.matches).map(plainLines),
    ...effectsText(instance, allocation.matches, (cap) => cut(plain(capName(cap)))),
    proofOf(instance, allocation),
  ].join('\n\n');

/** The result checked once more, from its names alone. */
const proofOf = (instance: Instance, { matches }: Allocation): string => {
  const proof = verify(instance, matches);
  if (!proof.ok) throw new Error('An instance that was allocated cannot be verified.');
  return proofPage(proof.value).page;
};

/** What was found wrong with an allocation. @returns also whether nothing was */
export const proofPage = (proof: Proof): { sound: boolean; page: string } => {
  const unacceptable = proof.unacceptablePairs.map(({ applicant, vacancy }) => `${applicant} at ${vacancy}`);
  const vacancies = proof.overfullVacancies.map(
    ({ vacancy, people, capacity }) => `${vacancy}: ${people} people, ${capacity} seats`,
  );
  const caps = proof.overfullCaps.map(
    ({ cap, people, max }) => `/caps/${cap}: ${people} people, at most ${max}`,
  );
  const blocking = proof.blockingPairs.map(({ applicant, vacancy }) => `${applicant} and ${vacancy}`);
  const lines = [
    ...listed('Matched although one side did not name the other', unacceptable),
    ...listed('Vacancies with too many people', vacancies),
    ...listed('Caps with too many people', caps),
    ...listed('Blocking pairs (would rather have each other)', blocking),
  ];
  const found = unacceptable.length + vacancies.length + caps.length + proof.blockingPairs.length;
  return { sound: found === 0, page: lines.join('\n') };
};

const listed = (what: string, found: readonly string[]): string[] =>
  found.length === 0
    ? [`${what}: none`]
    : [`${what}: ${found.length}`, ...found.map((one) => `  ${plain(one)}`)];

const applicantRows = (instance: Instance, { matches }: Allocation) => {
  const places = new Map(
    instance.vacancies.map(({ id, ranking }) => [id, new Map(ranking.map((who, index) => [who, index + 1]))]),
  );
  return instance.applicants.map(({ id, preferences }) => {
    const vacancy = matches[id] ?? null;
    if (vacancy === null) return { id, vacancy: '–', wish: '–', place: '–' };
    return {
      id,
      vacancy,
      wish: preferences.indexOf(vacancy) + 1,
      place: places.get(vacancy)?.get(id) ?? '–',
    };
  });
};

const vacancyRows = (instance: Instance, allocation: Allocation) => {
  const people = peopleAt(allocation);
  return instance.vacancies.map(({ id, capacity, ranking }) => {
    const cutoff = allocation.cutoffs[id] ?? null;
    return { id, capacity, cutoff, people: people.get(id) ?? 0, admits: admits(ranking, cutoff) };
  });
};

const admits = (ranking: readonly string[], cutoff: number | null): string => {
  if (cutoff === null) return 'everyone it ranks';
  const last = ranking[cutoff - 1];
  return last === undefined ? 'nobody' : `down to ${last}`;
};

const capTable = (instance: Instance, allocation: Allocation): string => {
  const people = peopleAt(allocation);
  const inside = (cap: Cap): number =>
    capMembers(instance, cap).reduce((sum, id) => sum + (people.get(id) ?? 0), 0);
  return tableOf(instance.caps, [
    { title: 'cap', of: (cap) => cut(plain(capName(cap))) },
    { title: 'people', of: inside, right: true },
    { title: 'max', of: ({ max }) => max, right: true },
    { title: 'reserve', of: ({ reserve }) => reserve ?? 0, right: true },
    ...(instance.caps.some(({ precedence }) => precedence !== undefined)
      ? [{ title: 'precedence', of: ({ precedence }: Cap) => precedence ?? '–', right: true as const }]
      : []),
    ...(instance.caps.some(({ open }) => open)
      ? [{ title: 'open first', of: ({ open }: Cap) => open?.first ?? '–', right: true as const }]
      : []),
  ]);
};

const capName = (cap: Cap): string => {
  if ('region' in cap) return `region ${cap.region}`;
  return 'subject' in cap ? `subject ${cap.subject}` : cap.vacancies.join(', ');
};

const peopleAt = ({ matches }: Allocation): Map<string, number> => {
  const people = new Map<string, number>();
  for (const vacancy of Object.values(matches)) {
    if (vacancy !== null) people.set(vacancy, (people.get(vacancy) ?? 0) + 1);
  }
  return people;
};

/** A list of vacancies may have hundreds. */
const widest = 60;

const cut = (text: string): string => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text);

/** Names are anybody's text: what would move a terminal's cursor is not printed. */
const plainLines = (text: string): string => text.split('\n').map(plain).join('\n');

const plain = (text: string): string => text.replaceAll(/\p{C}/gu, '�');
