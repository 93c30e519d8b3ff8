import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { noComments } from '#shared/domain/card.ts';
import { handOver, moveOver, unableRaters } from '#shared/domain/raters.ts';
import { declineRating, draftScore, giveScore, hasBegun, scoreBy } from '#shared/domain/scoring.ts';
import { ok } from '#shared/result.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { after, now, other, asker as raterId, reason } from './decided.ts';
import { walk } from './walk.ts';

const { criteria } = aRoundFile().rubric;
const form = { criteria, rule: undefined };
const points = Object.fromEntries(criteria.map(({ code, scale }) => [code, scale[0]?.points ?? 0]));
const card = { points, abstained: [], comments: noComments };

const asked = aCandidacy({ raters: [raterId] });
const then = (...events: CandidacyEvent[]) => after(candidacyAggregate, asked, ...events);
const draft = { raterId, card: reason, version: 1, at: now };
const score = { raterId, points, total: 50, at: now, version: 1 };

/** As the command hands an application back: whoever takes over is asked in the same commit. */
const declined = (one: Candidacy) => {
  const decision = declineRating(one, { raterId, reason }, now);
  return decision.ok
    ? ok([...decision.value, ...handOver(one, { off: [raterId], on: [other] }, now)])
    : decision;
};

/** As whoever cannot give the score that they owe is replaced (`fillings`). */
const replaced = (one: Candidacy): CandidacyEvent[] => {
  const off = unableRaters(one, (rater) => rater !== raterId);
  return handOver(one, { off, on: off.map(() => other) }, now);
};

export const ratings = walk({
  kind: 'rating',
  aggregate: candidacyAggregate,
  stateOf: (one) => {
    if (scoreBy(one, raterId)) return 'given';
    if (!one.raters.includes(raterId)) return 'with another';
    return hasBegun(one, raterId) ? 'begun' : 'asked';
  },
  stories: {
    asked,
    begun: then({ type: 'score-drafted', at: now, draft }),
    given: then({ type: 'score-given', at: now, score }),
    'with another': then({ type: 'rater-replaced', at: now, rater: raterId, by: other }),
  },
  commands: {
    'put aside': (one) => draftScore(one, { raterId, card, document: reason }, form, now),
    give: (one) => giveScore(one, { raterId, card }, form, now),
    'give half of it': (one) => giveScore(one, { raterId, card: { ...card, points: {} } }, form, now),
    'hand back': declined,
    'leave the committee': replaced,
    // Only what nobody has begun is moved (`rater-place.ts`).
    'move to another': (one) =>
      one.raters.includes(raterId) && !hasBegun(one, raterId) ? moveOver([raterId], [other], now) : [],
    'ask again': (one) =>
      one.raters.includes(raterId) ? [] : handOver(one, { off: [], on: [raterId] }, now),
    'judge once the application is withdrawn': (one) =>
      giveScore({ ...one, withdrawnAt: now }, { raterId, card }, form, now),
  },
});
