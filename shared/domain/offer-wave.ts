import { allocate } from '#shared/allocation/allocate.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { type Cascade, openWishes, type Seeker, seatsTakenIn } from '#shared/domain/cascade.ts';
import { isChosenAnew, wishesOf } from '#shared/domain/exchange.ts';
import type { ApplicationId, ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { type PostPlan, postCaps, postLimits } from '#shared/domain/post-caps.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** An offer that should be made next. */
export type WaveOffer = { applicationId: ApplicationId; number: ApplicationNumber; vacancy: VacancyCode };

/** What the round file says of its posts, and since when the choices of the exchange count; undefined while they do not. */
export type OfferPlan = PostPlan & { exchangedAt?: Instant | undefined };

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
  plan: OfferPlan,
): readonly WaveOffer[] => {
  const wave = waveOf(cascadeOf(contenders, vacancies, plan));
  return contenders.flatMap((candidacy) => {
    const { applicationId, number } = candidacy;
    const wishes = wishesOf(candidacy, plan.exchangedAt);
    const vacancy = wishes.find((code) => code === wave.get(applicationId));
    return vacancy === undefined ? [] : [{ applicationId, number, vacancy }];
  });
};

/** The offers of a round as the cascade that they are steps of; people go by their application's id. */
export const cascadeOf = (
  contenders: readonly Candidacy[],
  vacancies: readonly Vacancy[],
  plan: OfferPlan,
): Cascade => {
  const byCode = new Map<VacancyCode, Vacancy>(vacancies.map((vacancy) => [vacancy.code, vacancy]));
  return {
    seekers: new Map(contenders.map((one) => [one.applicationId, seekerOf(one, byCode, plan)])),
    posts: new Map(vacancies.map(({ code, posts }) => [code, posts])),
    limits: postLimits(plan, vacancies),
  };
};

const seekerOf = (
  candidacy: Candidacy,
  vacancies: ReadonlyMap<VacancyCode, Vacancy>,
  { exchangedAt }: OfferPlan,
): Seeker => {
  const { applicationId: id, withdrawnAt, deferred } = candidacy;
  const offers = candidacy.offers.filter((offer) => !isChosenAnew(candidacy, offer, exchangedAt));
  return {
    id,
    wishes: wishesOf(candidacy, exchangedAt).filter((code) => isAcceptable(candidacy, vacancies.get(code))),
    offers: offers.map(({ vacancy, status, condition }) => ({
      vacancy,
      status: status === 'open' && condition ? 'conditional' : status,
    })),
    ...(deferred && { left: 'deferred' as const }),
    ...(withdrawnAt && { left: 'withdrawn' as const }),
  };
};

/** Which vacancy each person should be offered now, by the person. */
export const waveOf = (state: Cascade): ReadonlyMap<string, string> => {
  const wishes = [...state.seekers.values()].map((seeker) => ({
    id: seeker.id,
    preferences: openWishes(seeker),
  }));
  const choosing = wishes.filter(({ preferences }) => preferences.length > 0);
  const wanted = new Set(choosing.flatMap(({ preferences }) => preferences));
  const taken = seatsTakenIn(state);
  const caps = postCaps(state.limits, { posts: state.posts, wanted, taken });
  const allocation = allocate({
    applicants: wishes,
    vacancies: [...state.posts]
      .filter(([id]) => wanted.has(id))
      .map(([id, posts]) => ({
        id,
        capacity: Math.max(0, posts - (taken.get(id) ?? 0)),
        // Limits of the round file are lists of vacancies, whatever they have in common.
        region: 'any',
        subject: 'any',
        // Under caps people compete beyond one vacancy, so that the order must be whole.
        ranking: choosing
          .filter(({ preferences }) => caps.length > 0 || preferences.includes(id))
          .map((one) => one.id),
      })),
    caps,
    mechanism: caps.length > 0 ? 'merit-order-with-choice' : 'applicant-proposing-deferred-acceptance',
  });
  if (!allocation.ok) throw new Error(`The offers cannot be allocated: ${JSON.stringify(allocation.error)}`);
  return new Map(
    Object.entries(allocation.value.matches).flatMap(([id, vacancy]) =>
      vacancy === null ? [] : [[id, vacancy] as const],
    ),
  );
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
