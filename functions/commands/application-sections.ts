import {
  type ApplicationCommand,
  openDraft,
  type SectionDocument,
  typedIn,
} from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps, isInPerson } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { saveTyped, sectionVersion } from '#shared/domain/application-decisions.ts';
import type { SectionId, Typed } from '#shared/domain/application-form.ts';
import { draftFaults } from '#shared/domain/application-form-check.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Save = ApplicationCommand & { section: SectionId; basedOn: number; typed: Typed };

/**
 * Saves what was typed into one section, complete or not. `basedOn` is the section's version that the page showed:
 * another tab's save in between answers `changed-meanwhile` with what is stored. The same text again changes nothing. Answers
 * that are not named stay: those to questions that are not asked any more are there when something asks again. The equality
 * questions are answered by the person alone.
 */
export const saveSection = (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>,
  save: Save,
): Promise<Result<Versioned<Application>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Application>, Refusal | LostRace>> => {
    const now = deps.clock.now();
    const opened = await openDraft(deps, save, now);
    if (!opened.ok) return opened;
    if (save.section === 'equality' && !isInPerson(save.by)) {
      return refuse({ kind: 'not-found', what: 'page' });
    }
    const { found, draft, file } = opened.value;
    const faults = draftFaults(save.section, save.typed, file);
    if (faults.length > 0) return refuse({ kind: 'invalid', faults });

    const { section, basedOn } = save;
    const stored = await typedIn(deps.records, draft.sections[section]);
    const typed = { ...stored, ...save.typed };
    const version = sectionVersion(draft, section);
    if (version > 0 && canonicalJson(stored) === canonicalJson(typed)) return ok(found);

    const body: SectionDocument = { section, typed };
    const place = { ...placeOf(section, draft), version: draft.formVersions + 1 };
    const document = writeDocument(place, body, deps.chance.token(16));
    const decision = saveTyped(draft, { section, document: document.ref, basedOn }, now);
    if (!decision.ok)
      return refuse({ kind: 'changed-meanwhile', stored: { section, version, fields: stored } });

    const { change, after } = changed(applicationAggregate, found.id, found, decision.value);
    const written = await store(deps, { by: actorOf(save.by), changes: [change], documents: [document] });
    return written.ok ? ok(after) : written;
  });

/** What is answered to the equality questions lies apart from the form, under another owner (ANCHORS F4). */
const placeOf = (section: SectionId, draft: { id: string }) =>
  section === 'equality'
    ? ({ owner: equalityOwnerOf(draft), kind: 'equality' } as const)
    : ({ owner: ownerOf(draft), kind: 'form' } as const);

/** Whose the answers to the equality questions are in the persons table: to be erased with the application. */
export const equalityOwnerOf = ({ id }: { id: string }): string => `equality#${id}`;

/** Whose documents a form's are in the persons table. */
export const ownerOf = (application: { id: string }): string => `application#${application.id}`;
