import type { ApplicationCommand } from '#functions/commands/application-reading.ts';
import { ownerOf } from '#functions/commands/application-sections.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { bookingOf } from '#functions/commands/interview-booking.ts';
import { needsBasis } from '#functions/commands/interview-needs.ts';
import { askedWith, wishesOf } from '#functions/commands/panel-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { stands } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { type InterviewWishes, sameNeeds } from '#shared/domain/interview-wishes.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/**
 * Keeps what an applicant asks of the interview: the language and the access that a panel must have, and the times that suit best. A
 * booking stays as it is, and what was confirmed to be arranged as long as the same is needed. The same again changes nothing.
 */
export const wishForInterview = (
  deps: Deps,
  command: ApplicationCommand & { wishes: InterviewWishes },
): Promise<Result<Versioned<Candidacy>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const booking = await bookingOf(deps, command);
    if (!booking.ok) return booking;
    const { candidacy, place, opened } = booking.value;
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
      requires: stands(place),
    });
    return stored.ok ? ok(after) : stored;
  });
