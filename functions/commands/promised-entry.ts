import { goesOn } from '#functions/commands/offer-board.ts';
import { vacanciesOf } from '#functions/commands/pinned.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Subject } from '#shared/domain/codes.ts';
import { ApplicationId, type PersonId, type RoundId, type VacancyCode } from '#shared/domain/ids.ts';
import { grantedRemedies } from '#shared/domain/remedy.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Screened } from '#shared/domain/screened.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Claim, RecordReads } from '#shared/ports/records.ts';

type Kept = { claims: Claim[]; releases: Claim[] };

/** Names the application whose post was released for an entry to a later intake; a later one takes its place. */
const promiseTo = (personId: PersonId): string => `promised-entry#${personId}`;

/** Names the applications to which a remedy promised the first place in the next intake, the oldest first. */
const placesOf = (personId: PersonId): string => `promised-place#${personId}`;

/** Names the application that was put first by such a promise: of two intakes that screen the person at once, one alone gives it. */
const givenBy = (owing: ApplicationId): string => `promised-place-given#${owing}`;

const idsIn = (value: string | undefined): ApplicationId[] =>
  (value ?? '').split(' ').flatMap((one) => ApplicationId.safeParse(one).data ?? []);

/** Keeps the promise with the transaction that releases the post. */
export const promiseEntry = async (
  { claimed }: Pick<RecordReads, 'claimed'>,
  personId: PersonId,
  applicationId: ApplicationId,
): Promise<Kept> => {
  const key = promiseTo(personId);
  return moved(key, await claimed(key), applicationId);
};

/** Keeps the promise with the transaction that lets the remedy count, beside what an earlier intake still owes. */
export const promisePlace = async (
  { claimed }: Pick<RecordReads, 'claimed'>,
  personId: PersonId,
  applicationId: ApplicationId,
): Promise<Kept> => {
  const key = placesOf(personId);
  const standing = await claimed(key);
  return moved(key, standing, [...new Set([...idsIn(standing), applicationId])].join(' '));
};

/** What is kept of promises to somebody: it ends with the account, since nobody could come with it any more. */
export const promisesOf = async (
  { claimed }: Pick<RecordReads, 'claimed'>,
  personId: PersonId,
): Promise<Claim[]> => {
  const keys = [promiseTo(personId), placesOf(personId)];
  const values = await Promise.all(keys.map((key) => claimed(key)));
  return keys.flatMap((key, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ key, value }];
  });
};

const moved = (key: string, standing: string | undefined, value: string): Kept => ({
  claims: [{ key, value }],
  releases: standing === undefined ? [] : [{ key, value: standing }],
});

/** An application that is screened, to a call that closed at this moment, with the register of its round. */
type Later = {
  applicationId: ApplicationId;
  roundId: RoundId;
  closesAt: Instant;
  zone: string;
  choices: readonly VacancyCode[];
  vacancies: readonly Vacancy[];
};

type Reads = Pick<RecordReads, 'claimed' | 'find' | 'blob'>;

/** What is promised to whoever is screened; the claims are kept with the transaction that opens the candidacy. */
export type Owed = Partial<Kept> & { promised: Screened['promised'] };

/** What an earlier intake promised somebody whose application is screened; nothing where it promised nothing, or for no later than that. */
export const promisedTo = async (records: Reads, personId: PersonId, later: Later): Promise<Owed> =>
  (await firstPlaceOf(records, personId, later)) ?? {
    promised: await entryOf(records, personId, later),
  };

const entryOf = async (
  records: Reads,
  personId: PersonId,
  { roundId, closesAt, zone }: Later,
): Promise<Screened['promised']> => {
  const id = ApplicationId.safeParse(await records.claimed(promiseTo(personId))).data;
  const candidacy = id && (await records.find(candidacyAggregate, id))?.state;
  if (!candidacy?.deferred || candidacy.withdrawnAt || candidacy.roundId === roundId) return undefined;
  if (dayAt(zone, closesAt) > candidacy.deferred.entryUntil) return undefined;
  const round = await records.find(roundAggregate, candidacy.roundId);
  return round && { intake: round.state.plan.intake };
};

/** By the oldest promise that puts the person first here; else the entry alone. Undefined once other intakes gave all. */
const firstPlaceOf = async (records: Reads, personId: PersonId, later: Later): Promise<Owed | undefined> => {
  const owed: Owed[] = [];
  for (const id of idsIn(await records.claimed(placesOf(personId)))) {
    const one = await placeBy(records, id, later);
    if (one?.claims) return one;
    if (one) owed.push(one);
  }
  return owed[0];
};

/** The entry with the first place in posts of the subjects that were owed, among the own choices; undefined once another intake gave it. */
const placeBy = async (
  records: Reads,
  id: ApplicationId,
  { applicationId, roundId, closesAt, zone, choices, vacancies }: Later,
): Promise<Owed | undefined> => {
  const owing = (await records.find(candidacyAggregate, id))?.state;
  if (!owing || owing.roundId === roundId) return undefined;
  const round = (await records.find(roundAggregate, owing.roundId))?.state;
  if (!round || !isFinal(round)) return undefined;
  const day = dayAt(zone, closesAt);
  const standing = grantedRemedies(round).filter(
    ({ applicationId: whose, kind, until }) =>
      kind === 'next-intake' && whose === id && until !== undefined && day <= until,
  );
  const key = givenBy(id);
  const given = await records.claimed(key);
  if (standing.length === 0 || (await isUsed(records, idsIn(given)[0]))) return undefined;
  const owed = new Set(standing.flatMap((one) => one.vacancies));
  const subjects = subjectsOf(await vacanciesOf(records, round.register.sha256), owed);
  const subjectOf = new Map(vacancies.map(({ code, subject }) => [code, subject]));
  const first = choices.filter((code) => subjects.has(subjectOf.get(code)));
  const promised = { intake: round.plan.intake, mistake: true } as const;
  return first.length === 0
    ? { promised }
    : { promised: { ...promised, first }, ...moved(key, given, applicationId) };
};

const subjectsOf = (
  register: readonly Vacancy[],
  codes: ReadonlySet<VacancyCode>,
): ReadonlySet<Subject | undefined> =>
  new Set(register.filter(({ code }) => codes.has(code)).map(({ subject }) => subject));

/**
 * Whether the intake that put the person first has used the promise: not where that was cancelled, they left it before anything was offered to
 * them, or its offers have ended without one although their result went on. There the post was gone, or a limit or another promise came first.
 */
const isUsed = async (
  records: Omit<Reads, 'claimed'>,
  given: ApplicationId | undefined,
): Promise<boolean> => {
  if (!given) return false;
  const candidacy = (await records.find(candidacyAggregate, given))?.state;
  if (!candidacy || candidacy.offers.length > 0) return true;
  if (candidacy.withdrawnAt) return false;
  const round = (await records.find(roundAggregate, candidacy.roundId))?.state;
  if (round?.stage === 'cancelled') return false;
  return !round || !isFinal(round) || !round.decisions.offers || !(await goesOn(records, round, given));
};
