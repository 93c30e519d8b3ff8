import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type CommitteeEvent, committeeAggregate } from '#shared/domain/committee.ts';
import { gateAggregate, gateClaim, issueGate } from '#shared/domain/gate.ts';
import { drawUp } from '#shared/domain/gate-decisions.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import {
  ApplicationId,
  ApplicationNumber,
  GateId,
  PersonId,
  type RoundId,
  type Sha256,
  VacancyCode,
} from '#shared/domain/ids.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import { standingText } from '#shared/domain/standing.ts';
import { registerText, type Vacancy } from '#shared/domain/vacancy.ts';
import { aContenderIn, type Contender, written } from '#test/builders/offers-contender.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { aDraftIn, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

export type OffersScene = {
  roundId: RoundId;
  people: readonly { personId: PersonId; applicationId: ApplicationId }[];
};

/** A post with so many seats. */
export const aVacancy = (code: string, over: Partial<Vacancy> = {}): Vacancy => ({
  code: VacancyCode.parse(code),
  school: { kk: `${code} мектебі`, ru: `Школа ${code}` },
  schoolType: 'general',
  district: 'Кеген ауданы',
  locality: '8-үлгі ауыл',
  subject: 'mathematics',
  language: 'kk',
  hours: 18,
  posts: 1,
  incentives: [],
  ...over,
});

const lettered = (head: string, index: number): string =>
  `${head}${String(index).padStart(4, '0')}`.padEnd(20, '0');

/** A round whose final results were decided and whose offers nobody has released yet, on Monday 14 November 2022. */
export const anOffersRoundIn = async (
  world: World,
  contenders: readonly Contender[],
  vacancies: readonly Vacancy[] = [aVacancy('MAT-001'), aVacancy('MAT-002')],
  file?: RoundFile,
): Promise<OffersScene> => {
  const roundId = await aDraftIn(world, file && asUpload(file));
  const people = contenders.map(({ personId }, index) => ({
    personId: personId ?? PersonId.parse(lettered('PERS', index)),
    applicationId: ApplicationId.parse(lettered('APP', index)),
    number: ApplicationNumber.parse(`KZ19-AAAA-${String(index).padStart(4, '0')}`),
  }));
  const register = registerText(vacancies);
  const standings = people.map(({ applicationId, number }, index) => ({
    applicationId,
    number,
    outcome: contenders[index]?.stops ? ('stops' as const) : ('goes-on' as const),
    reasons: [],
    rank: index + 1,
    ...(contenders[index]?.total !== undefined && { total: contenders[index].total }),
  }));
  const results = standingText({ roundId, stage: 'claims', standings });
  await world.records.commit({ by: theSystem, changes: [], blobs: [register, results] });
  for (const [index, person] of people.entries())
    await aContenderIn(world, roundId, person, contenders[index]);
  await advancedTo(world, roundId, { register, results: results.sha256, posts: vacancies.length });
  world.clock.to(at('2022-11-14T05:00'));
  return { roundId, people };
};

const advancedTo = async (
  world: World,
  roundId: RoundId,
  { register, results, posts }: { register: { sha256: Sha256 }; results: Sha256; posts: number },
): Promise<void> => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round) throw new Error('No round was drafted.');
  const { plan } = round.state;
  const closesAt = plan.closesAt;
  const events: RoundEvent[] = [
    {
      type: 'call-opened',
      at: at('2022-09-14T04:00'),
      file: plan.file,
      register: { sha256: register.sha256, vacancies: posts, posts },
      closesAt,
      attempt: 1,
    },
    { type: 'call-closed', at: closesAt },
    ...gatedStages
      .slice(0, 5)
      .map((from, index) => advance(from, gatedStages[index + 1] ?? 'closed', results)),
  ];
  const { change } = changed(roundAggregate, roundId, round, events);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
  const place = { roundId, stage: 'offers', attempt: 1 } as const;
  const opened = issueGate(undefined, { id: gateId, ...place }, sha256Of('token'), at('2022-11-14T04:00'));
  await written(world, gateAggregate, gateId, opened);
  await world.records.commit({
    by: theSystem,
    changes: [],
    claims: [{ key: gateClaim(place), value: gateId }],
  });
  const seats: CommitteeEvent[] = [
    { type: 'seat-given', at: closesAt, roundId, personId: chairId, seat: 'chair' },
  ];
  await written(world, committeeAggregate, roundId, seats);
};

const advance = (from: GatedStage, to: GatedStage | 'closed', decision: Sha256): RoundEvent => {
  const claimsEnd = from === 'preliminary' ? { claimsCloseAt: at('2022-11-07T13:00') } : {};
  return {
    type: 'stage-advanced',
    at: at('2022-11-01T04:00'),
    from,
    to,
    gate: gateId,
    decision,
    ...claimsEnd,
  };
};

const gateId = GateId.parse('GATE0FFERS0000000000');
const chairId = PersonId.parse('CHA1R000000000000000');

/** The committee has the end of the offers before it. */
export const proposalOnTableIn = async (world: World): Promise<void> => {
  const gate = await world.records.find(gateAggregate, gateId);
  if (!gate) throw new Error('No gate is open.');
  const events = granted(
    drawUp(gate.state, { proposal: sha256Of('proposal'), reads: sha256Of('reads') }, world.clock.now()),
  );
  const { change } = changed(gateAggregate, gateId, gate, events);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
};

/** The round is closed: nobody is waited for any more. */
export const closedIn = async (world: World, roundId: RoundId): Promise<void> => {
  await offersEndedIn(world, roundId);
  const round = await world.records.find(roundAggregate, roundId);
  const events = [advance('onboarding', 'closed', sha256Of('proposal'))];
  const { change } = changed(roundAggregate, roundId, round, events);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
};

/** The round makes no offers any more: who has a post is waited for. */
export const offersEndedIn = async (
  world: World,
  roundId: RoundId,
  decision: Sha256 = sha256Of('proposal'),
): Promise<void> => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round) throw new Error('The round is gone.');
  const events = [advance('offers', 'onboarding', decision)];
  const { change } = changed(roundAggregate, roundId, round, events);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
};

/** Everyone's candidacy, in the order of rank. */
export const candidaciesIn = async (world: World, { people }: OffersScene): Promise<Candidacy[]> => {
  const found = await Promise.all(
    people.map(({ applicationId }) => world.records.find(candidacyAggregate, applicationId)),
  );
  return found.flatMap((one) => (one ? [one.state] : []));
};

/** `KZ19-AAAA-0000 MAT-001 open`: every offer that was made, as a person would tell it. */
export const offersIn = async (world: World, scene: OffersScene): Promise<string[]> =>
  (await candidaciesIn(world, scene)).flatMap(({ number, offers }) =>
    offers.map(({ vacancy, status }) => `${number.slice(-1)} ${vacancy} ${status}`),
  );

/** Delivers what the outbox asks of the offers, until nothing is left. */
export const deliverOffersIn = async (world: World): Promise<void> => {
  for (const [id, { body }] of world.records.outbox) {
    if (body.kind !== 'make-offers') continue;
    world.records.outbox.delete(id);
    await makeNextOffers(world, { roundId: body.roundId, by: theSystem });
  }
};

/** The administrator lets the first offers go out. */
export const releasedIn = async (
  world: World,
  contenders: readonly Contender[],
  vacancies?: readonly Vacancy[],
  file?: RoundFile,
): Promise<OffersScene> => {
  const scene = await anOffersRoundIn(world, contenders, vacancies, file);
  await letOutIn(world, scene.roundId);
  return scene;
};

/** The same in a round that stands already. */
export const letOutIn = async (world: World, roundId: RoundId): Promise<void> => {
  const command = { by: theAdministrator, roundId };
  const { wave } = granted(await previewOffers(world, command));
  granted(await releaseOffers(world, { ...command, confirmed: wave.length }));
  await deliverOffersIn(world);
};

/** The administrator as a person who acts on a round. */
export const theAdministrator: Person = {
  kind: 'person',
  id: PersonId.parse('ADM1N000000000000000'),
  role: 'administrator',
};
