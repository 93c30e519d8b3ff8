import { boardByRecord } from '#functions/commands/offer-board.ts';
import { type Compose, decidedList } from '#functions/commands/proposals/proposal.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { type KeptEffect, keptEffects } from '#shared/domain/kept-effects.ts';
import { acceptedOffer, openOffers } from '#shared/domain/offer.ts';
import { cascadeOf } from '#shared/domain/offer-wave.ts';
import { type Standing, stopped } from '#shared/domain/standing.ts';
import type { StandingReason } from '#shared/domain/standing-reason.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * Where the offers ended: who has which post, why others have none, and what kept posts and limits did against them. Refused as `unfinished-work` while offers are open or
 * more could be made, so nobody is passed over by the stage's end.
 */
export const offers: Compose = async (deps, { round }) => {
  const { id: roundId, stage } = round.state;
  const board = await boardByRecord(deps, round.state);
  const candidacies = board.contenders.map(({ state }) => state);
  const open = candidacies.flatMap(openOffers).length;
  const exchange = round.state.stage === 'offers' ? round.state.exchange : undefined;
  // Who was asked for second choices is owed that they count.
  const unrun = exchange && !exchange.ran ? 1 : 0;
  const remaining = open + board.wave.length + unrun;
  if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining });
  const results = await decidedList(deps.records, round.state, 'claims');
  const byId = new Map(candidacies.map((candidacy) => [candidacy.applicationId, candidacy]));
  const kept = keptEffects(cascadeOf(candidacies, board.vacancies, board.posts), board.posts);
  const standings = (results?.standings ?? [])
    .filter(({ outcome }) => outcome === 'goes-on')
    .map((standing) =>
      standingOf(standing, byId.get(standing.applicationId), kept.get(standing.applicationId)),
    );
  return ok({ roundId, stage, standings });
};

const standingOf = (
  standing: Standing,
  candidacy: Contender | undefined,
  kept: KeptEffect | undefined,
): Standing => {
  const accepted = candidacy && acceptedOffer(candidacy);
  if (accepted) return { ...standing, vacancy: accepted.vacancy };
  return { ...stopped(standing, reasonOf(candidacy)), ...(kept && { kept }) };
};

const reasonOf = (candidacy: Contender | undefined): StandingReason => {
  if (candidacy?.withdrawnAt) return 'withdrawn';
  if (candidacy?.deferred) return 'deferred';
  const ended = new Set(candidacy?.offers.map(({ status }) => status));
  if (ended.has('declined')) return 'declined';
  return ended.has('lapsed') ? 'lapsed' : 'no-post';
};
