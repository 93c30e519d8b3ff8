import { vacanciesOf } from '#functions/commands/pinned.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import type { Candidacy, Screened } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Subject } from '#shared/domain/codes.ts';
import { ApplicationId, type PersonId, type RoundId, type VacancyCode } from '#shared/domain/ids.ts';
import { grantedRemedies } from '#shared/domain/remedy.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Claim, RecordReads } from '#shared/ports/records.ts';

type Kept = { claims: Claim[]; releases: Claim[] };

/** Names the application whose post was released for an entry to a later intake; a later one takes its place. */
const promiseTo = (personId: PersonId): string => `promised-entry#${personId}`;

/** The same of the application to which a remedy promised the first place in the next intake. */
const placeOf = (personId: PersonId): string => `promised-place#${personId}`;

/** Keeps the promise with the transaction that releases the post. */
export const promiseEntry = (
  records: Pick<RecordReads, 'claimed'>,
  personId: PersonId,
  applicationId: ApplicationId,
): Promise<Kept> => kept(records, promiseTo(personId), applicationId);

/** Keeps the promise with the transaction that lets the remedy count. */
export const promisePlace = (
  records: Pick<RecordReads, 'claimed'>,
  personId: PersonId,
  applicationId: ApplicationId,
): Promise<Kept> => kept(records, placeOf(personId), applicationId);

const kept = async (
  { claimed }: Pick<RecordReads, 'claimed'>,
  key: string,
  value: ApplicationId,
): Promise<Kept> => {
  const standing = await claimed(key);
  const releases = standing === undefined ? [] : [{ key, value: standing }];
  return { claims: [{ key, value }], releases };
};

/** An application that is screened, to a call that closed at this moment, with the register of its round. */
type Later = {
  roundId: RoundId;
  closesAt: Instant;
  zone: string;
  choices: readonly VacancyCode[];
  vacancies: readonly Vacancy[];
};

type Reads = Pick<RecordReads, 'claimed' | 'find' | 'list' | 'blob'>;

/** What an earlier intake promised somebody whose application is screened; undefined where it promised nothing, or for no later than that. */
export const promisedTo = async (
  records: Reads,
  personId: PersonId,
  later: Later,
): Promise<Screened['promised']> =>
  (await firstPlaceOf(records, personId, later)) ?? (await entryOf(records, personId, later));

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

/** The entry with the first place in posts of the subjects that were owed, among the own choices; undefined once another intake gave it. */
const firstPlaceOf = async (
  records: Reads,
  personId: PersonId,
  { roundId, closesAt, zone, choices, vacancies }: Later,
): Promise<Screened['promised']> => {
  const id = ApplicationId.safeParse(await records.claimed(placeOf(personId))).data;
  const owing = id && (await records.find(candidacyAggregate, id))?.state;
  if (!owing || owing.roundId === roundId) return undefined;
  const round = (await records.find(roundAggregate, owing.roundId))?.state;
  if (!round || !isFinal(round)) return undefined;
  const day = dayAt(zone, closesAt);
  const standing = grantedRemedies(round).filter(
    ({ applicationId, kind, until }) =>
      kind === 'next-intake' && applicationId === id && until !== undefined && day <= until,
  );
  const { intake } = round.plan;
  if (standing.length === 0 || (await isGiven(records, personId, intake))) return undefined;
  const owed = new Set(standing.flatMap((one) => one.vacancies));
  const subjects = subjectsOf(await vacanciesOf(records, round.register.sha256), owed);
  const subjectOf = new Map(vacancies.map(({ code, subject }) => [code, subject]));
  const first = choices.filter((code) => subjects.has(subjectOf.get(code)));
  return { intake, mistake: true, ...(first.length > 0 && { first }) };
};

const subjectsOf = (
  register: readonly Vacancy[],
  codes: ReadonlySet<VacancyCode>,
): ReadonlySet<Subject | undefined> =>
  new Set(register.filter(({ code }) => codes.has(code)).map(({ subject }) => subject));

/** Whether another intake has put the person first by it: not where that was cancelled, or they left it before anything was offered to them. */
const isGiven = async (
  records: Pick<Reads, 'find' | 'list'>,
  personId: PersonId,
  intake: string,
): Promise<boolean> => {
  const { items } = await records.list(applicationAggregate, 'owner', ownedBy(personId));
  for (const { id } of items) {
    const candidacy = (await records.find(candidacyAggregate, id))?.state;
    if (candidacy?.promisedFirst?.intake === intake && (await isUsed(records, candidacy))) return true;
  }
  return false;
};

const isUsed = async (
  records: Pick<Reads, 'find'>,
  { roundId, withdrawnAt, offers }: Candidacy,
): Promise<boolean> => {
  if (withdrawnAt && offers.length === 0) return false;
  return (await records.find(roundAggregate, roundId))?.state.stage !== 'cancelled';
};
