import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Application, ApplicationEvent } from '#shared/domain/application.ts';
import {
  beginAmendment,
  documentOf,
  giveUpAmendment,
  submissionsOf,
  workingCopy,
} from '#shared/domain/application-amendment.ts';
import { editable, withdraw } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { receiptOf, submit } from '#shared/domain/application-submission.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { DocumentId, VacancyCode } from '#shared/domain/ids.ts';
import { anApplication, aReceivedDocument } from '#test/builders/application.ts';
import { aRound, closesAt } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-09-26T04:00');
const call = aRound('call');
const code = (name: string): VacancyCode => VacancyCode.parse(name);
const form = anApplication('submitted').form;

const after = (application: Application, events: readonly ApplicationEvent[]): Application => {
  const state = evolveAll(applicationAggregate, application, events);
  if (!state) throw new Error('Nothing came of it.');
  return state;
};

const diploma = aReceivedDocument('diploma');
const first = (): Application => {
  const draft = anApplication('draft', { documents: [diploma], choices: [code('MAT-001')] });
  return after(draft, submit(draft, { form, consentVersion: '2022-3.2' }, at('2022-09-25T04:00')));
};

const opened = (): Application => {
  const decision = beginAmendment(first(), call, now);
  if (!decision.ok) throw new Error(decision.error.kind);
  return after(first(), decision.value);
};

describe('opening a submission again', () => {
  it('is possible until the deadline, and leaves everything submitted as it was', () => {
    const before = first();

    expect(receiptOf(opened())).toEqual(receiptOf(before));
    expect(editable(opened(), call, now)).toMatchObject({ ok: true, value: { stage: 'draft' } });
    expect(beginAmendment(before, call, closesAt)).toMatchObject({ error: { kind: 'too-late' } });
    expect(beginAmendment(before, aRound('screening'), now)).toMatchObject({ error: { kind: 'too-late' } });
    expect(editable(opened(), call, closesAt)).toMatchObject({ error: { kind: 'too-late' } });
  });

  it('changes nothing the second time, nor on a draft, and brings nothing back that was withdrawn', () => {
    expect(beginAmendment(opened(), call, now)).toEqual({ ok: true, value: [] });
    expect(beginAmendment(anApplication('draft'), call, now)).toEqual({ ok: true, value: [] });
    expect(beginAmendment(anApplication('withdrawn'), call, now)).toMatchObject({
      error: { kind: 'already-withdrawn' },
    });
  });
});

/** Whatever an owner does to the working copy. */
const changes = fc.oneof(
  fc.constantFrom<ApplicationEvent>(
    { type: 'document-removed', at: now, document: diploma.id },
    { type: 'choices-ranked', at: now, codes: [] },
    { type: 'choices-ranked', at: now, codes: [code('PHY-001'), code('MAT-001')] },
  ),
  fc.integer({ min: 7, max: 40 }).map(
    (version): ApplicationEvent => ({
      type: 'section-saved',
      at: now,
      section: 'motivation',
      document: { ...form, version },
    }),
  ),
  fc.integer({ min: 10, max: 40 }).map(
    (name): ApplicationEvent => ({
      type: 'document-announced',
      at: now,
      document: DocumentId.parse(`D0CVMENT0000000000${name}`),
      requirement: 'diploma',
    }),
  ),
);

describe('what was submitted', () => {
  it('stays in force through every change, and giving the changes up leaves no trace but the count of sections', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 12 }), (events) => {
        const changed = after(opened(), events);
        const kept = after(changed, giveUpAmendment(changed, now));

        expect(receiptOf(changed)).toEqual(receiptOf(first()));
        expect(documentOf(changed, diploma.id)).toEqual(diploma);
        expect({ ...kept, formVersions: 0 }).toEqual({ ...first(), formVersions: 0 });
        expect(applicationAggregate.snapshot.parse(changed)).toEqual(changed);
      }),
    );
  });

  it('gives way to the next submission as a whole, under the same number', () => {
    const copy = workingCopy(after(opened(), [{ type: 'document-removed', at: now, document: diploma.id }]));
    if (!copy) throw new Error('Nothing is open.');
    const again = { ...form, version: 7, digest: sha256Of('again') };
    const later = after(opened(), [
      { type: 'document-removed', at: now, document: diploma.id },
      ...submit(copy, { form: again, consentVersion: '2022-3.2', submission: 2 }, now),
    ]);

    expect(submissionsOf(later)).toBe(2);
    expect(receiptOf(later)).toMatchObject({
      number: first().number,
      submission: 2,
      form: again.digest,
      files: [],
    });
    expect(later).not.toHaveProperty('amendment');
    expect(documentOf(later, diploma.id)).toBeUndefined();
  });

  it('is what a withdrawal keeps, without the changes', () => {
    const decision = withdraw(opened(), call, 'personal', now);
    const withdrawn = after(opened(), decision.ok ? decision.value : []);

    expect(withdrawn).toMatchObject({ stage: 'withdrawn', documents: [diploma] });
    expect(withdrawn).not.toHaveProperty('amendment');
    expect(receiptOf(withdrawn)).toEqual(receiptOf(first()));
  });

  it('has the receipt that it had before submissions were counted', () => {
    const old = anApplication('submitted', { choices: [code('MAT-001')] });

    expect(receiptOf(old)).not.toHaveProperty('submission');
    expect(submissionsOf(old)).toBe(1);
    expect(submissionsOf(anApplication('draft'))).toBe(0);
  });
});
