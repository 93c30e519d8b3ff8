import * as z from 'zod';
import type { Candidacy, Offer } from '#shared/domain/candidacy.ts';
import type { Departure } from '#shared/domain/departure.ts';
import { wishesOf } from '#shared/domain/exchange.ts';
import { ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { nextWave, type OfferPlan } from '#shared/domain/offer-wave.ts';
import { Standing } from '#shared/domain/standing.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { RoundThen } from '#shared/replay/then.ts';

/**
 * What is owed to somebody, where an offer that was made in good faith is never taken back:
 * - `interview-owed`: would have been invited to an interview, and had none;
 * - `offer-next`: would be the next to be offered the post, of those that are free;
 * - `extra-place`: would have the post, and none is free: a further one, or the first place in the next intake;
 * - `keeps-offer`: holds a post that would be another's, and keeps it.
 */
const Remedy = z.enum(['interview-owed', 'offer-next', 'extra-place', 'keeps-offer']);
type Remedy = z.infer<typeof Remedy>;

const Result = z.object({
  ...Standing.pick({ outcome: true, rank: true, total: true }).shape,
  /** Whether the shortlist has the application. */
  invited: z.boolean(),
  /** Whom the vacancies would go to if they were given out at once. */
  post: VacancyCode.optional(),
});
type Result = z.infer<typeof Result>;

/** Somebody for whom something would be otherwise. */
export const Affected = z.object({
  number: ApplicationNumber,
  before: Result,
  after: Result,
  /** The offer that the person holds, open or accepted. */
  offer: RoundThen.shape.offers.element.pick({ vacancy: true, status: true, condition: true }).optional(),
  remedy: Remedy.optional(),
});
export type Affected = z.infer<typeof Affected>;

const Cutoff = z.object({ before: z.number().optional(), after: z.number().optional() });

/** The least total that went on before and that would after, in percent: by scores, and by results where there are any. */
export const Cutoffs = z.object({ scoring: Cutoff, results: Cutoff.optional() });

/** A shortlist with what follows from it, by one count. */
export type Counted = {
  scoring: readonly Standing[];
  results: readonly Standing[] | undefined;
  /** Where the committee decides on the results otherwise than by points. */
  departures?: readonly Departure[];
};

export type Posts = {
  /** Everyone, as they stand now. */
  candidacies: readonly Candidacy[];
  vacancies: readonly Vacancy[];
  plan: OfferPlan;
  /** Whether offers have begun: before that nobody holds a post. */
  begun: boolean;
};

/** Everyone who would stand elsewhere, best rank after it first, with what is owed to them. */
export const affectedBy = (before: Counted, after: Counted, posts: Posts): Affected[] => {
  const [first, second] = [placesOf(before, posts), placesOf(after, posts)];
  const next = nextOffers(after, posts);
  const candidacies = new Map(posts.candidacies.map((one) => [one.number, one]));
  const all = [...second].flatMap(([number, place]): Affected[] => {
    const was = first.get(number);
    if (!was || isSame(was, place)) return [];
    const candidacy = candidacies.get(number);
    const held = candidacy && heldBy(candidacy);
    const remedy = remedyOf(was, place, { candidacy, next: next.get(number), posts });
    return [
      {
        number,
        before: was,
        after: place,
        ...(held && { offer: offerIn(held) }),
        ...(remedy && { remedy }),
      },
    ];
  });
  return all.toSorted((a, b) => (a.after.rank ?? Infinity) - (b.after.rank ?? Infinity) || byNumber(a, b));
};

const offerIn = ({ vacancy, status, condition }: Offer): Affected['offer'] => ({
  vacancy,
  status,
  ...(condition && { condition: condition.code }),
});

const byNumber = (a: Affected, b: Affected): number => (a.number < b.number ? -1 : 1);

const isSame = (a: Result, b: Result): boolean =>
  a.outcome === b.outcome &&
  a.rank === b.rank &&
  a.total === b.total &&
  a.invited === b.invited &&
  a.post === b.post;

const placesOf = ({ scoring, results }: Counted, posts: Posts): Map<ApplicationNumber, Result> => {
  const invited = new Set(scoring.flatMap(({ number, outcome }) => (outcome === 'goes-on' ? [number] : [])));
  const wouldHave = new Map(
    nextWave(contendersIn(results, posts).map(asIfNothingWasOffered), posts.vacancies, posts.plan).map(
      ({ number, vacancy }) => [number, vacancy],
    ),
  );
  return new Map(
    (results ?? scoring).map(({ number, outcome, rank, total }) => {
      const post = wouldHave.get(number);
      return [
        number,
        {
          outcome,
          ...(rank !== undefined && { rank }),
          ...(total !== undefined && { total }),
          invited: invited.has(number),
          ...(post && { post }),
        },
      ];
    }),
  );
};

/** Whom the results let on, best rank first. */
const contendersIn = (results: readonly Standing[] | undefined, { candidacies }: Posts): Candidacy[] => {
  const byId = new Map(candidacies.map((one) => [one.applicationId, one]));
  return (results ?? [])
    .filter(({ outcome }) => outcome === 'goes-on')
    .toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity))
    .flatMap(({ applicationId }) => byId.get(applicationId) ?? []);
};

/** What a person has let go stays so; what they hold is given out anew. */
const asIfNothingWasOffered = (candidacy: Candidacy): Candidacy => ({
  ...candidacy,
  offers: candidacy.offers.filter(({ status }) => status === 'declined' || status === 'lapsed'),
});

/** Who would be asked next, everyone keeping what they hold, also whom the results would not let on. */
const nextOffers = ({ results }: Counted, posts: Posts): ReadonlyMap<ApplicationNumber, VacancyCode> => {
  if (!posts.begun) return new Map();
  const contenders = contendersIn(results, posts);
  const contending = new Set(contenders);
  const holders = posts.candidacies.filter((one) => heldBy(one) && !contending.has(one));
  const wave = nextWave([...contenders, ...holders.map(withoutWishes)], posts.vacancies, posts.plan);
  return new Map(wave.map(({ number, vacancy }) => [number, vacancy]));
};

/** Holds what they hold and is asked for nothing more. */
const withoutWishes = ({ exchange: _none, ...candidacy }: Candidacy): Candidacy => ({
  ...candidacy,
  facts: { ...candidacy.facts, choices: [] },
});

const heldBy = ({ offers }: Candidacy): Offer | undefined =>
  offers.find(({ status }) => status === 'accepted') ?? offers.find(({ status }) => status === 'open');

type Now = { candidacy: Candidacy | undefined; next: VacancyCode | undefined; posts: Posts };

const remedyOf = (before: Result, after: Result, { candidacy, next, posts }: Now): Remedy | undefined => {
  const wasInterviewed = candidacy !== undefined && candidacy.scorecards.length > 0;
  if (after.invited && !before.invited && !wasInterviewed) return 'interview-owed';
  if (!posts.begun || !candidacy || before.post === after.post) return undefined;
  const held = heldBy(candidacy)?.vacancy;
  if (after.post === undefined || isWorse(wishesOf(candidacy, posts.plan.exchangedAt), after.post, held))
    return held && 'keeps-offer';
  if (after.post === held) return undefined;
  return next === after.post ? 'offer-next' : 'extra-place';
};

/** Whether a person would rather have what they hold. */
const isWorse = (wishes: readonly VacancyCode[], post: VacancyCode, held: VacancyCode | undefined): boolean =>
  held !== undefined && wishes.indexOf(held) < wishes.indexOf(post);
