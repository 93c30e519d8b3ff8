import { allocate } from '#shared/allocation/allocate.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { ApplicationId, ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { type PostPlan, postCaps } from '#shared/domain/post-caps.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** An offer that should be made next. */
export type WaveOffer = { applicationId: ApplicationId; number: ApplicationNumber; vacancy: VacancyCode };

/**
 * Who should be offered what now. Every time, everyone who may still get a post is considered anew, by rank: people who were
 * not reached earlier as well as those who let another post go (ANCHORS F18). Free seats are allocated by
 * applicant-proposing deferred acceptance (Gale and Shapley 1962); every vacancy ranks by the final result. Taken out are:
 * seats that are accepted or held by an open offer, people who accepted or withdrew, posts that a person was offered
 * before, and wishes below an offer that the person can still accept. So whoever outranks the receiver of an offer and
 * wants that post has at that moment an open offer that is as good or better, has let that post go, or is out.
 * Where the round file's number of posts or a quota binds, people choose one after the other by rank, which gives the same where
 * nothing binds: whoever is passed over then wants posts of a group that is full.
 * @param contenders everyone with a final result that goes on, best rank first
 * @param plan what the round file says of its posts
 * @returns in the order of rank
 */
export const nextWave = (
  contenders: readonly Candidacy[],
  vacancies: readonly Vacancy[],
  plan: PostPlan,
): readonly WaveOffer[] => {
  const byCode = new Map<VacancyCode, Vacancy>(vacancies.map((vacancy) => [vacancy.code, vacancy]));
  const wishes = contenders.map((candidacy) => ({ candidacy, codes: openWishes(candidacy, byCode) }));
  const wanted = new Set(wishes.flatMap(({ codes }) => codes));
  const taken = seatsTaken(contenders);
  const caps = postCaps(plan, { register: vacancies, wanted, taken });
  const choosing = wishes.filter(({ codes }) => codes.length > 0);
  const allocation = allocate({
    applicants: wishes.map(({ candidacy, codes }) => ({ id: candidacy.applicationId, preferences: codes })),
    vacancies: vacancies
      .filter(({ code }) => wanted.has(code))
      .map(({ code, posts, district, subject }) => ({
        id: code,
        capacity: Math.max(0, posts - (taken.get(code) ?? 0)),
        region: district,
        subject,
        // Under caps people compete beyond one vacancy, so that the order must be whole.
        ranking: choosing
          .filter(({ codes }) => caps.length > 0 || codes.includes(code))
          .map(({ candidacy }) => candidacy.applicationId),
      })),
    caps,
    mechanism: caps.length > 0 ? 'merit-order-with-choice' : 'applicant-proposing-deferred-acceptance',
  });
  if (!allocation.ok) throw new Error(`The offers cannot be allocated: ${JSON.stringify(allocation.error)}`);
  const { matches } = allocation.value;
  return wishes.flatMap(({ candidacy: { applicationId, number }, codes }) => {
    const vacancy = codes.find((code) => code === matches[applicationId]);
    return vacancy === undefined ? [] : [{ applicationId, number, vacancy }];
  });
};

/** What a person could still be offered and would rather have than what is on offer, best first. */
const openWishes = (candidacy: Candidacy, vacancies: ReadonlyMap<VacancyCode, Vacancy>): VacancyCode[] => {
  if (candidacy.withdrawnAt || acceptedOffer(candidacy)) return [];
  const asked = new Set(candidacy.offers.map(({ vacancy }) => vacancy));
  const open = new Set(
    candidacy.offers.filter(({ status }) => status === 'open').map(({ vacancy }) => vacancy),
  );
  const best = candidacy.facts.choices.findIndex((code) => open.has(code));
  const better = best === -1 ? candidacy.facts.choices : candidacy.facts.choices.slice(0, best);
  return better.filter((code) => !asked.has(code) && isAcceptable(candidacy, vacancies.get(code)));
};

/** A vacancy takes whoever teaches its subject. */
export const isAcceptable = ({ facts }: Candidacy, vacancy: Vacancy | undefined): boolean =>
  vacancy !== undefined && facts.subjects.includes(vacancy.subject);

/** Seats that are accepted or held by an open offer, by vacancy. */
export const seatsTaken = (candidacies: readonly Candidacy[]): ReadonlyMap<VacancyCode, number> => {
  const taken = new Map<VacancyCode, number>();
  for (const { vacancy, status } of candidacies.flatMap(({ offers }) => offers)) {
    if (status === 'open' || status === 'accepted') taken.set(vacancy, (taken.get(vacancy) ?? 0) + 1);
  }
  return taken;
};
