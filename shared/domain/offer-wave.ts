import type { Offer } from '#shared/domain/candidacy.ts';
import type { Cascade, Seeker } from '#shared/domain/cascade.ts';
import { keptFor, waveOf } from '#shared/domain/cascade-wave.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { type Exchanged, isChosenAnew, wishesOf } from '#shared/domain/exchange.ts';
import type { ApplicationId, ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { type PostPlan, postLimits, postReserves, postsOpenFirst } from '#shared/domain/post-caps.ts';
import type { First } from '#shared/domain/remedy.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** An offer that should be made next; `reserve` is the quota that keeps posts without which it would be another's. */
export type WaveOffer = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  vacancy: VacancyCode;
  reserve?: string;
};

/**
 * What the round file says of its posts, since when the choices of the exchange count (undefined while they do not), whom remedies put
 * first, and who does not go on by results that were corrected meanwhile.
 */
export type OfferPlan = PostPlan &
  Exchanged & { first?: readonly First[] | undefined; stopped?: ReadonlySet<ApplicationId> | undefined };

/**
 * Who should be offered what now. Every time, everyone who may still get a post is considered anew, by rank: people who were
 * not reached earlier as well as those who let another post go (ANCHORS F18). Free seats are allocated by
 * applicant-proposing deferred acceptance (Gale and Shapley 1962); every vacancy ranks by the final result. Taken out are:
 * seats that are accepted or held by an open offer, people who accepted or withdrew, posts that a person was offered
 * before, and wishes below an offer that the person can still accept. So whoever outranks the receiver of an offer and
 * wants that post has at that moment an open offer that is as good or better, has let that post go, or is out.
 * Where the round file's number of posts or a quota binds, whoever is passed over wants posts of a group that is full of people who
 * rank before, or is kept: by the mechanism that the file names, and by rank where it names none. Both give the same where no post
 * is kept.
 * @param contenders everyone with a final result that goes on, best rank first
 * @param plan what the round file says of its posts
 * @returns in the order of rank
 */
export const nextWave = (
  contenders: readonly Contender[],
  vacancies: readonly Vacancy[],
  plan: OfferPlan,
): readonly WaveOffer[] => {
  const state = cascadeOf(contenders, vacancies, plan);
  const wave = waveOf(state);
  const kept = keptFor(state, wave);
  return contenders.flatMap((candidacy) => {
    const { applicationId, number } = candidacy;
    const wishes = wishesOf(candidacy, plan.exchangedAt);
    const vacancy = wishes.find((code) => code === wave.get(applicationId));
    const reserve = kept.get(applicationId);
    return vacancy === undefined
      ? []
      : [{ applicationId, number, vacancy, ...(reserve !== undefined && { reserve }) }];
  });
};

/** The offers of a round as the cascade that they are steps of; people go by their application's id. */
export const cascadeOf = (
  contenders: readonly Contender[],
  vacancies: readonly Vacancy[],
  plan: OfferPlan,
): Cascade => {
  const byCode = new Map<VacancyCode, Vacancy>(vacancies.map((vacancy) => [vacancy.code, vacancy]));
  return {
    seekers: new Map(contenders.map((one) => [one.applicationId, seekerOf(one, byCode, plan)])),
    posts: new Map(vacancies.map(({ code, posts }) => [code, posts])),
    limits: postLimits(plan, vacancies),
    reserves: postReserves(plan, vacancies),
    openFirst: postsOpenFirst(plan),
    counting: plan.allocation?.counting,
    mechanism: plan.allocation?.mechanism,
    ...(plan.first && { first: plan.first.map(firstOf) }),
  };
};

const firstOf = ({ applicationId: seeker, vacancies }: First): NonNullable<Cascade['first']>[number] => ({
  seeker,
  vacancies: new Set<string>(vacancies),
});

const seekerOf = (
  candidacy: Contender,
  vacancies: ReadonlyMap<VacancyCode, Vacancy>,
  { stopped, ...exchanged }: Exchanged & Pick<OfferPlan, 'stopped'>,
): Seeker => {
  const { applicationId: id, withdrawnAt, deferred } = candidacy;
  const offers = candidacy.offers.filter((offer) => !isChosenAnew(candidacy, offer, exchanged));
  return {
    id,
    wishes: wishesOf(candidacy, exchanged.exchangedAt).filter((code) =>
      isAcceptable(candidacy, vacancies.get(code)),
    ),
    offers: offers.map(seatOf),
    ...(deferred && { left: 'deferred' as const }),
    ...((withdrawnAt || goneElsewhere(candidacy)) && { left: 'withdrawn' as const }),
    ...(stopped?.has(id) && { stopped: true as const }),
  };
};

/** An offer as the cascade has it. */
export const seatOf = ({ vacancy, status, condition, reserve }: Offer): Seeker['offers'][number] => ({
  vacancy,
  status: status === 'open' && condition ? 'conditional' : status,
  reserve,
});

/** A vacancy takes whoever teaches its subject. */
export const isAcceptable = ({ facts }: Pick<Contender, 'facts'>, vacancy: Vacancy | undefined): boolean =>
  vacancy !== undefined && facts.subjects.includes(vacancy.subject);

/** Seats that are accepted or held by an open offer, by vacancy. */
export const seatsTaken = (candidacies: readonly Contender[]): ReadonlyMap<VacancyCode, number> => {
  const taken = new Map<VacancyCode, number>();
  for (const { vacancy, status } of candidacies.flatMap(({ offers }) => offers)) {
    if (status === 'open' || status === 'accepted') taken.set(vacancy, (taken.get(vacancy) ?? 0) + 1);
  }
  return taken;
};
