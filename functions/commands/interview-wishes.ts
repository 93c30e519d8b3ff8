import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { ownerOf } from '#functions/commands/application-sections.ts';
import { candidacyIn } from '#functions/commands/candidacies.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { type Booking, bookingOf } from '#functions/commands/interview-booking.ts';
import { needsBasis } from '#functions/commands/interview-needs.ts';
import { owedToCome } from '#functions/commands/owed-interview-reading.ts';
import { askedWith, wishesOf } from '#functions/commands/panel-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicantPlace, stands } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { type InterviewWishes, sameNeeds } from '#shared/domain/interview-wishes.ts';
import type { OwedInterview } from '#shared/domain/owed-interview.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/**
 * Keeps what an applicant asks of the interview: the language and the access that a panel must have, and the times that suit best; of one
 * that they are owed until it begins. A
 * booking stays as it is, and what was confirmed to be arranged as long as the same is needed. The same again changes nothing.
 */
export const wishForInterview = (
  deps: Deps,
  command: ApplicationCommand & { wishes: InterviewWishes },
): Promise<Result<Versioned<Candidacy>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const booking = await wishing(deps, command);
    if (!booking.ok) return booking;
    const { candidacy, place, opened, owed } = booking.value;
    const before = candidacy.state.wishes;
    const said = await wishesOf(deps.records, before);
    if (said && canonicalJson(said) === canonicalJson(command.wishes)) return ok(candidacy);
    const application = opened.found.state;
    const [was, is] = await Promise.all([
      askedWith(deps.records, said, application),
      askedWith(deps.records, command.wishes, application),
    ]);
    const needsSaid = sameNeeds(was, is) ? needsBasis(candidacy.state, application) : undefined;
    const typed = { owner: ownerOf(candidacy), kind: 'wishes', version: (before?.version ?? 0) + 1 } as const;
    const text = writeDocument(typed, command.wishes, deps.chance.token(16));
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, [
      { type: 'interview-wished', at: deps.clock.now(), wishes: text.ref, ...(needsSaid && { needsSaid }) },
    ]);
    const stored = await store(deps, {
      by: actorOf(command.by),
      changes: [change],
      documents: [text],
      requires: [
        ...stands(place),
        ...(owed ? [{ aggregate: 'owed-interview' as const, ...versionOf(owed) }] : []),
      ],
    });
    return stored.ok ? ok(after) : stored;
  });

const versionOf = ({ id, version }: Versioned<OwedInterview>) => ({ id, version });

type Wishing = Pick<Booking, 'opened' | 'place' | 'candidacy'> & { owed?: Versioned<OwedInterview> };

/** Somebody who is invited, or who is owed an interview that has not begun. */
const wishing = async (deps: Deps, command: ApplicationCommand): Promise<Result<Wishing, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { round, found, file } = opened.value;
  if (round.state.stage === 'interviews') return await bookingOf(deps, command);
  const place = await applicantPlace(deps, round, 'interview.wish');
  if (!place.ok) return place;
  const candidacy = await candidacyIn(deps.records, {
    roundId: round.state.id,
    applicationId: found.state.id,
  });
  if (!candidacy.ok) return candidacy;
  const owed = await owedToCome(deps, candidacy.value.state, file.timeZone);
  if (!owed.ok) return owed;
  return ok({ opened: opened.value, place: place.value, candidacy: candidacy.value, owed: owed.value });
};
