import * as z from 'zod';
import { AlarmAnswer } from '#functions/api/alarms.ts';
import { HeldPartAnswer } from '#functions/api/held-parts.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import { Mechanism } from '#shared/allocation/instance.ts';
import { Offer } from '#shared/domain/candidacy.ts';
import { ApplicationId, ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { KeptCounting } from '#shared/domain/post-rule.ts';
import { Instant } from '#shared/domain/time.ts';
import { Walled } from '#shared/domain/walls.ts';

/** An offer to whoever has it. Who reads the board is told no reasons: they are the person's own. */
export const OfferAnswer = Offer.pick({
  id: true,
  vacancy: true,
  madeAt: true,
  expiresAt: true,
  status: true,
  endedAt: true,
  condition: true,
  reserve: true,
});

/** A place on the waiting list of a post, as `WaitingPlace` explains it. */
export const WaitingAnswer = z.object({
  vacancy: z.string(),
  position: z.int().min(1),
  /** The last place that it can become. */
  atWorst: z.int().min(1),
  posts: z.int(),
  accepted: z.int(),
  held: z.int(),
  isLimited: z.boolean(),
  /** Posts are kept for others, so that somebody with a worse rank may be asked before. */
  isKept: z.boolean(),
});

/** How far the offers were let go, where they go out in parts. */
const LettingAnswer = z.object({
  /** Nobody is asked by itself whom no release has reached. */
  isHeldBack: z.boolean(),
  /** Offers go to the first so many people of the ranking; absent where they go to everybody, or to nobody yet. */
  through: z.int().min(1).optional(),
  /** Offers that were let go and are being made. */
  onTheirWay: z.int(),
  /** Nobody is asked until the next release. */
  stoppedAt: Instant.optional(),
  /** Whoever was made an offer and is not reached by letters; counted while offers are held back. */
  unreached: z.int(),
});

/** How the posts of a round stand, and who would be asked next. */
export const BoardAnswer = z.object({
  posts: z.int(),
  filled: z.int(),
  /** Seats held by offers that nobody has answered yet, or that were accepted on a condition. */
  held: z.int(),
  /** Posts that are neither: nobody is asked. */
  empty: z.int(),
  /** Posts that the round file's number and quotas leave out: they cannot be offered. */
  beyondLimit: z.int(),
  /** Which page of them `contenders` is, of how many, and how many people there are in all. */
  page: z.int(),
  pages: z.int(),
  people: z.int(),
  contenders: z.array(
    z.union([
      z.object({
        /** A confirmed condition names it. */
        applicationId: ApplicationId,
        number: ApplicationNumber,
        withdrawnAt: Instant.optional(),
        offers: z.array(OfferAnswer),
        waiting: z.array(WaitingAnswer),
      }),
      ClosedItem,
    ]),
  ),
  /** All that a release to everybody confirms. `place`: the receiver's in the ranking, 1 for the first. `reserve`: the quota that keeps posts without which it would be another's. */
  next: z.array(
    z.union([
      z.object({
        number: ApplicationNumber,
        vacancy: VacancyCode,
        place: z.int().min(1),
        reserve: z.string().optional(),
      }),
      Walled,
    ]),
  ),
  letting: LettingAnswer,
  /** What a check holds, and why; everything else goes on. */
  heldByCheck: z.array(HeldPartAnswer),
  /** What looks wrong in what a release would let go out. */
  alarms: z.array(AlarmAnswer),
  /** As the round file names it; absent where it names none. */
  mechanism: Mechanism.optional(),
  /** So many posts go by rank alone before kept ones count; absent where kept ones come first. */
  openFirst: z.int().optional(),
  /** How kept posts are counted: each quota for itself, or those about the same vacancies as one; absent where it is no matter. */
  counting: KeptCounting.optional(),
  /** Quotas that keep posts, the first by precedence first; `taken` are filled or held. */
  kept: z.array(z.object({ code: z.string(), posts: z.int(), taken: z.int() })),
  /** Who applies together with whom, where the round asks: it changes nothing about who gets what. */
  partners: z.array(
    z.object({
      number: ApplicationNumber,
      /** Absent where no application with an offer to expect was named by its number. */
      partner: ApplicationNumber.optional(),
      isMutual: z.boolean(),
    }),
  ),
});

/** Everybody of the ranking; whoever is closed to the reader keeps their place, and nothing else stands there. */
export const seenOn = ({ contenders, wall, closed }: OfferPreview) => {
  const items = closed.values();
  return contenders.map((one) => (wall(one.state.applicationId) ? (items.next().value ?? one) : one));
};

export const lettingAnswer = ({ letting }: OfferPreview): z.infer<typeof LettingAnswer> => {
  const { isHeldBack, through, onTheirWay, stopped, unreached } = letting;
  return { isHeldBack, through, onTheirWay, stoppedAt: stopped?.at, unreached };
};
