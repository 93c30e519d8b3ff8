import type { Candidacy } from '#shared/domain/candidacy.ts';
import { departureReason } from '#shared/domain/departure.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import type { Exchange } from '#shared/domain/exchange.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import type { Placement } from '#shared/domain/placement.ts';
import { offerablePosts } from '#shared/domain/post-caps.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import { isBelow } from '#shared/domain/standing-reason.ts';
import { postsOf, type Vacancy } from '#shared/domain/vacancy.ts';
import type { Gathered } from './gathered.ts';
import type { Minutes, MinutesApplication } from './minutes.ts';
import type { MinutesOffer } from './offering.ts';

/** Every application that was screened, in the order of numbers, with its points and what became of it. */
export const gatheredApplications = ({
  round,
  lists,
  candidacies,
  placements,
}: Pick<Gathered, 'lists' | 'candidacies' | 'placements'> & {
  round: Pick<Gathered['round'], 'decisions'>;
}): MinutesApplication[] => {
  const listOf = (stage: 'screening' | 'scoring' | 'interviews' | 'claims') => {
    const decision = round.decisions[stage];
    return byApplication(decision && lists.get(decision));
  };
  const [admitted, shortlisted, interviewed, final] = [
    listOf('screening'),
    listOf('scoring'),
    listOf('interviews'),
    listOf('claims'),
  ];
  const completed = new Set(
    placements.flatMap(({ status, applicationId }) => (status === 'complete' ? [applicationId] : [])),
  );
  return byNumber(candidacies).map((candidacy): MinutesApplication => {
    const id = candidacy.applicationId;
    const passed = [admitted, shortlisted, interviewed, final].map((list) => list.get(id));
    const outcome = answered(candidacy, completed.has(id)) ?? unanswered(passed);
    return pointsOf(candidacy, final.get(id), outcome);
  });
};

const pointsOf = (
  { number }: Candidacy,
  standing: Standing | undefined,
  outcome: Outcome,
): MinutesApplication => ({
  number,
  ...(standing?.scoring !== undefined && { scoring: standing.scoring }),
  ...(standing?.rated && { rated: standing.rated }),
  ...(standing?.interview !== undefined && { interview: standing.interview }),
  ...(standing?.total !== undefined && { total: standing.total }),
  ...(standing?.rank !== undefined && { rank: standing.rank }),
  outcome,
});

type Outcome = MinutesApplication['outcome'];

/** What the person did: undefined for somebody who was asked nothing and stayed. */
const answered = (candidacy: Candidacy, isPlaced: boolean): Outcome | undefined => {
  if (candidacy.withdrawnAt) return 'withdrawn';
  if (candidacy.deferred) return 'deferred';
  if (goneElsewhere(candidacy)) return 'elsewhere';
  if (acceptedOffer(candidacy)) return isPlaced ? 'placed' : 'accepted';
  const ended = new Set(candidacy.offers.map(({ status }) => status));
  if (ended.has('declined')) return 'declined';
  return ended.has('lapsed') ? 'lapsed' : undefined;
};

/** Where somebody stopped, by the standing after screening, scoring and interviews, and in the final results. */
const unanswered = ([admitted, shortlisted, interviewed, final]: readonly (
  | Standing
  | undefined
)[]): Outcome => {
  // A claim may have let somebody through whom an earlier stage had stopped.
  if (final?.outcome === 'goes-on') return 'no-offer';
  if (admitted?.outcome !== 'goes-on') return 'not-eligible';
  if (final?.reasons.includes(departureReason)) return 'departed';
  if (final?.rank !== undefined) return belowIn(final);
  if (shortlisted?.outcome !== 'goes-on') return 'not-shortlisted';
  return interviewed?.rank === undefined ? 'not-interviewed' : belowIn(interviewed);
};

/** A total that passes is not said to be too low where a part alone is. */
const belowIn = ({ reasons }: Standing): Outcome =>
  isBelow(reasons) && !reasons.includes('below-minimum') ? 'below-part' : 'below-minimum';

/** Every offer that was made, by application and then as they were made. */
export const gatheredOffers = ({ candidacies, vacancies }: Gathered): MinutesOffer[] => {
  const posts = new Map(vacancies.map((vacancy) => [vacancy.code, vacancy]));
  return byNumber(candidacies).flatMap(({ number, offers }) =>
    offers.map(({ vacancy, status, endedAt, reserve }) => {
      const post = posts.get(vacancy);
      if (!post) throw new Error(`The register has no vacancy ${vacancy}.`);
      const { school, subject } = post;
      return {
        vacancy,
        school,
        subject,
        number,
        answer: status,
        ...(endedAt && { answeredAt: endedAt }),
        ...(reserve !== undefined && { reserve }),
      };
    }),
  );
};

/** Posts, how many of them could be offered and have somebody who accepted; the register also by district. */
export const gatheredPosts = ({
  file,
  candidacies,
  vacancies,
}: Pick<Gathered, 'file' | 'candidacies' | 'vacancies'>): Minutes['posts'] => {
  const accepted = candidacies.flatMap((one) => acceptedOffer(one)?.vacancy ?? []);
  const taken = new Map(
    [...Map.groupBy(accepted, (vacancy) => vacancy)].map(([vacancy, some]) => [vacancy, some.length]),
  );
  const filledOf = (some: readonly Vacancy[]): number =>
    some.reduce((sum, { code }) => sum + (taken.get(code) ?? 0), 0);
  const groups = [...Map.groupBy(vacancies, ({ district }) => district)]
    .map(([name, some]) => ({ name, total: postsOf(some), filled: filledOf(some) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const offerable = offerablePosts(file.posts, { register: vacancies, taken });
  return { total: postsOf(vacancies), offerable, filled: filledOf(vacancies), groups };
};

/** The second chance: `offers` are those that followed at once from the choices. */
export const gatheredExchange = ({
  round: { exchange },
  candidacies,
}: Pick<Gathered, 'candidacies'> & { round: { exchange?: Exchange | undefined } }): Pick<
  Minutes,
  'exchange'
> => {
  if (!exchange) return {};
  const { openedAt, asked, ran } = exchange;
  const participants = candidacies.filter((one) => one.exchange).length;
  return {
    exchange: { openedAt, asked, participants, ...(ran && { ranAt: ran.at }), offers: ran?.recipients ?? 0 },
  };
};

/** The placements that stand. */
export const gatheredPlacements = ({ placements }: Gathered): Minutes['placements'] =>
  byNumber(placements.filter(({ status }) => status !== 'closed')).map(placementOf);

const placementOf = ({ number, vacancy, status, endedAt }: Placement): Minutes['placements'][number] => ({
  number,
  vacancy,
  ...(status === 'complete' && endedAt && { completedAt: endedAt }),
});

const byApplication = (list: StandingList | undefined): ReadonlyMap<string, Standing> =>
  new Map((list?.standings ?? []).map((one) => [one.applicationId, one]));

const byNumber = <Numbered extends { number: string }>(some: readonly Numbered[]): Numbered[] =>
  some.toSorted((a, b) => (a.number < b.number ? -1 : 1));
