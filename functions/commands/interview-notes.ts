import * as z from 'zod';
import { ownerOf } from '#functions/commands/application-sections.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { atInterview, type InterviewCommand, stationMeant } from '#functions/commands/interview-holding.ts';
import { type DocumentRef, writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import { noteInterview, ownNote } from '#shared/domain/interview.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;

/** Characters; more than this is a paper. */
export const maxNote = 5000;

/**
 * What a member of the panel writes down during the interview or the sample lesson, of one station where it has several. Others of the panel
 * read it once they gave their own scorecard. A better text takes its place; the same again changes nothing.
 */
export const writeNote = (
  deps: Deps,
  command: InterviewCommand & { note: string; station?: string | undefined },
): Promise<Result<Versioned<HeldRecord>, Refusal>> =>
  atInterview(deps, command, 'score', async (held) => {
    const meant = stationMeant(held, command);
    if (!meant.ok) return meant;
    const { code: station } = meant.value;
    const note = command.note.trim();
    if (note === '' || note.length > maxNote) {
      const fault = { place: 'note', message: 'kit.fault.note', facts: { maximum: maxNote } };
      return refuse({ kind: 'invalid', faults: [fault] });
    }
    const { id: raterId } = command.by;
    const before = ownNote(held.candidacy, { raterId, station });
    if (before && (await noteText(deps.records, before.text)) === note) return ok({ events: [] });
    const apart = command.owed ? '#owed-interview' : '';
    const at = station === undefined ? '' : `#${station}`;
    const owner = `${ownerOf({ id: command.applicationId })}${apart}#${raterId}${at}`;
    const place = { owner, kind: 'note', version: (before?.text.version ?? 0) + 1 } as const;
    const text = writeDocument(place, { note }, deps.chance.token(16));
    const decision = noteInterview(held, { raterId, station, text: text.ref });
    return decision.ok ? ok({ events: decision.value, documents: [text] }) : decision;
  });

const Note = z.object({ note: z.string() });

/** Undefined once it was erased. */
export const noteText = async (
  records: Pick<Records, 'document'>,
  ref: DocumentRef,
): Promise<string | undefined> => Note.safeParse(await records.document(ref)).data?.note;
