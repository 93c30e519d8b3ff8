import { sha256Of } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { Round, type RoundIn } from '#shared/domain/round.ts';
import type { Previewed } from '#shared/domain/round-call.ts';
import { type GatedStage, gatedStages, type Stage } from '#shared/domain/stage.ts';
import { at } from '#test/builders/worlds.ts';

/** The deadline of every round that does not say otherwise. */
export const closesAt = at('2022-10-04T12:00');

const register = { sha256: sha256Of('register'), vacancies: 438, posts: 438 };
const opened = { register, openedAt: at('2022-09-14T04:00'), closesAt, attempt: 1 };

const everyRound = {
  id: RoundId.parse('R0VND000000000000000'),
  region: 'KZ-19',
  draftedAt: at('2022-09-13T04:00'),
  plan: { file: sha256Of('round file'), intake: '2022-3', closesAt, minimumDays: 7, timeZone: 'Asia/Almaty' },
};

const reason = { owner: `round#${everyRound.id}`, kind: 'reason', version: 1, digest: sha256Of('reason') };

/** Entered once each, decided once each, and nobody outside has noticed the newest advance yet. */
const upTo = (stage: GatedStage | 'closed'): object => {
  const reached = stage === 'closed' ? gatedStages : gatedStages.slice(0, gatedStages.indexOf(stage) + 1);
  const passed = stage === 'closed' ? gatedStages : reached.slice(0, -1);
  return {
    ...opened,
    enteredAt: closesAt,
    visits: Object.fromEntries(reached.map((one) => [one, 1])),
    decisions: Object.fromEntries(passed.map((one) => [one, sha256Of(one)])),
    told: {},
    ...(passed.includes('preliminary') && { claimsCloseAt: at('2022-11-07T13:00') }),
  };
};

const defaults: Record<Stage, object> = {
  draft: { register },
  call: opened,
  screening: upTo('screening'),
  scoring: upTo('scoring'),
  interviews: upTo('interviews'),
  preliminary: upTo('preliminary'),
  claims: { ...upTo('claims'), effectiveAt: closesAt },
  offers: { ...upTo('offers'), effectiveAt: closesAt },
  onboarding: upTo('onboarding'),
  closed: { ...upTo('closed'), endedAt: at('2023-06-01T00:00') },
  cancelled: { from: 'draft', cancelledAt: at('2022-09-20T00:00'), reason },
};

/** `aRound('call', { attempt: 2 })`: valid by construction, says only what the test is about. */
export const aRound = <S extends Stage>(stage: S, over: Partial<RoundIn<S>> = {}): RoundIn<S> => {
  const round = Round.parse({ ...everyRound, ...defaults[stage], ...over, stage });
  if (!isIn(round, stage)) throw new Error(`The round is in ${round.stage}.`);
  return round;
};

/** What somebody who looks at a round is shown of it. */
export const shownOf = ({ plan, register: pinned }: Round): Previewed => ({
  file: plan.file,
  register: pinned?.sha256 ?? sha256Of('nothing'),
});

const isIn = <S extends Stage>(round: Round, stage: S): round is RoundIn<S> => round.stage === stage;
