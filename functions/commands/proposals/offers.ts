import { boardByRecord } from '#functions/commands/offer-board.ts';
import { offerLists } from '#functions/commands/offer-order.ts';
import { owedLeft } from '#functions/commands/owed-interview-reading.ts';
import type { Compose } from '#functions/commands/proposals/proposal.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { type KeptEffect, keptEffects } from '#shared/domain/kept-effects.ts';
import { acceptedOffer, openOffers } from '#shared/domain/offer.ts';
import { cascadeOf } from '#shared/domain/offer-wave.ts';
import { unfinished } from '#shared/domain/owed-interview-decisions.ts';
import { type Standing, stopped } from '#shared/domain/standing.ts';
import type { StandingReason } from '#shared/domain/standing-reason.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * Where the offers ended: who has which post, why others have none, and what kept posts and limits did against them. Refused as `unfinished-work` while offers are open or
 * more could be made, and while an interview that somebody was owed is not counted, so nobody is passed over by the stage's end.
 */
export const offers: Compose = async (deps, place) => {
  const { round } = place;
  const { id: roundId, stage } = round.state;
  const board = await boardByRecord(deps, round.state);
  const candidacies = board.contenders.map(({ state }) => state);
  const open = candidacies.flatMap(openOffers).length;
  const exchange = round.state.stage === 'offers' ? round.state.exchange : undefined;
  // Who was asked for second choices is owed that they count.
  const unrun = exchange && !exchange.ran ? 1 : 0;
  const remaining = open + board.wave.length + unrun;
  const left = unfinished({ remaining, of: 'offers' }, await owedLeft(deps, place));
  if (left) return refuse(left);
  const results = (await offerLists(deps.records, round.state)).at(-1);
  const byId = new Map(candidacies.map((candidacy) => [candidacy.applicationId, candidacy]));
  const kept = keptEffects(cascadeOf(candidacies, board.vacancies, board.posts), board.posts);
  const standings = (results?.standings ?? []).flatMap((standing) => {
    const candidacy = byId.get(standing.applicationId);
    return candidacy ? standingOf(standing, candidacy, kept.get(standing.applicationId)) : [];
  });
  return ok({ roundId, stage, standings });
};

/** Whoever has a post keeps it, also where a correction of the results would not have let them on. */
const standingOf = (standing: Standing, candidacy: Contender, kept: KeptEffect | undefined): Standing => {
  const accepted = acceptedOffer(candidacy);
  const { outcome } = standing;
  if (accepted && outcome === 'goes-on') return { ...standing, vacancy: accepted.vacancy };
  if (accepted) return { ...standing, outcome: 'goes-on', reasons: [], vacancy: accepted.vacancy };
  const reason = reasonOf(candidacy);
  // The correction says why.
  if (outcome === 'stops' && reason === 'no-post') return standing;
  return { ...stopped(standing, reason), ...(kept && { kept }) };
};

const reasonOf = (candidacy: Contender): StandingReason => {
  if (candidacy.withdrawnAt) return 'withdrawn';
  if (candidacy.deferred) return 'deferred';
  if (goneElsewhere(candidacy)) return 'elsewhere';
  const ended = new Set(candidacy.offers.map(({ status }) => status));
  if (ended.has('declined')) return 'declined';
  return ended.has('lapsed') ? 'lapsed' : 'no-post';
};
