import { type ApplicationCommand, ownApplication } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy, Offer } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, OfferId, VacancyCode } from '#shared/domain/ids.ts';
import { offerOf } from '#shared/domain/offer.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** An offer with all that it hangs on. */
export type OfferPlace = {
  application: Versioned<Application>;
  candidacy: Versioned<Candidacy>;
  offer: Offer;
  vacancy: Vacancy;
  round: Versioned<Round>;
  file: RoundFile;
};

export type OfferCommand = ApplicationCommand & { offerId: OfferId };

/** An offer to the person who asks; another's is not found. */
export const ownOffer = async (
  deps: Pick<CommandDeps, 'records'>,
  command: OfferCommand,
): Promise<Result<OfferPlace, Refusal>> => {
  const own = await ownApplication(deps, command);
  return own.ok ? await offerPlace(deps, command) : own;
};

/** Every offer that an own application was made, oldest first; none before the selection knows of it. */
export const ownOffers = async (
  deps: Pick<CommandDeps, 'records'>,
  command: ApplicationCommand,
): Promise<Result<readonly Offer[], Refusal>> => {
  const own = await ownApplication(deps, command);
  if (!own.ok) return own;
  return ok((await deps.records.find(candidacyAggregate, command.applicationId))?.state.offers ?? []);
};

/** An offer by the application that it was made to, for a machine that waits for its answer. */
export const offerPlace = async (
  { records }: Pick<CommandDeps, 'records'>,
  { applicationId, offerId }: { applicationId: ApplicationId; offerId: OfferId },
): Promise<Result<OfferPlace, Refusal>> => {
  const [application, candidacy] = await Promise.all([
    records.find(applicationAggregate, applicationId),
    records.find(candidacyAggregate, applicationId),
  ]);
  const offer = candidacy && offerOf(candidacy.state, offerId);
  if (!application || !candidacy || !offer) return refuse({ kind: 'not-found', what: 'offer' });
  const round = await records.find(roundAggregate, candidacy.state.roundId);
  if (!round) throw new Error(`Candidacy ${applicationId} belongs to no round.`);
  const file = await roundFileOf(records, round.state.plan);
  const vacancy = await vacancyOf(records, round.state, offer.vacancy);
  return ok({ application, candidacy, offer, vacancy, round, file });
};

/** A vacancy of the register that a round pinned. */
export const vacancyOf = async (records: Records, round: Round, code: VacancyCode): Promise<Vacancy> => {
  const vacancies = round.register ? await vacanciesOf(records, round.register.sha256) : [];
  const vacancy = vacancies.find((one) => one.code === code);
  if (!vacancy) throw new Error(`Round ${round.id} has no vacancy ${code}.`);
  return vacancy;
};
