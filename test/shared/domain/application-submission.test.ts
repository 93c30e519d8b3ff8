import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApplicationEvent } from '#shared/domain/application.ts';
import { Application } from '#shared/domain/application.ts';
import { checkForm } from '#shared/domain/application-form-check.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { readyToSubmit, receiptDigest, receiptOf, submit } from '#shared/domain/application-submission.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { DocumentId, VacancyCode } from '#shared/domain/ids.ts';
import { anApplication, aReceivedDocument, typedWell } from '#test/builders/application.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-09-25T04:00');
const file = aRoundFile();
const form = {
  owner: 'application#APP11CAT100000000000',
  kind: 'form',
  version: 6,
  digest: sha256Of('f'),
} as const;
const frozen = { form, consentVersion: '2022-3.2' };
const checked = checkForm(typedWell, file);
const choices = [VacancyCode.parse('PHY-001'), VacancyCode.parse('MAT-001')];
const complete = anApplication('draft', { documents: [aReceivedDocument('diploma')], choices });

const submitted = (draft = complete): Application =>
  Application.parse(evolveAll(applicationAggregate, draft, submit(draft, frozen, now)));

const id = (text: string): DocumentId => DocumentId.parse(text.padEnd(20, '0'));

describe('submitting', () => {
  it('needs the form, the documents and the choices, and names everything that lacks', () => {
    expect(readyToSubmit(complete, file, typedWell, now)).toEqual(checked);
    expect(readyToSubmit(anApplication('draft'), file, { ...typedWell, iin: '' }, now)).toMatchObject({
      error: {
        kind: 'incomplete',
        missing: [{ place: 'iin' }, { place: 'documents.diploma' }, { place: 'choices' }],
      },
    });
  });

  it('does not leave out a file that is still on its way', () => {
    const coming = {
      id: DocumentId.parse('C0M1NG00000000000000'),
      requirement: 'recommendation',
      announcedAt: now,
      status: 'announced',
    } as const;

    expect(
      readyToSubmit({ ...complete, documents: [...complete.documents, coming] }, file, typedWell, now),
    ).toMatchObject({
      ok: false,
      error: {
        kind: 'document-not-arrived',
        requirements: ['recommendation'],
        awaited: [{ document: coming.id, title: { en: 'Recommendation letter' } }],
      },
    });
  });
});

describe('a receipt', () => {
  it('says what was submitted, and its SHA-256 is the one of the event', () => {
    const [event] = submit(complete, frozen, now);
    const receipt = receiptOf(submitted());

    expect(receipt).toEqual({
      schemaVersion: 1,
      number: complete.number,
      roundId: complete.roundId,
      submittedAt: now,
      form: form.digest,
      files: [
        { id: complete.documents[0]?.id, requirement: 'diploma', sha256: sha256Of('diploma'), bytes: 40_000 },
      ],
      choices,
    });
    expect(receipt && receiptDigest(receipt)).toBe(event?.receipt);
  });

  it('stays the same after a withdrawal, and is nothing before a submission', () => {
    const withdrawn = evolveAll(applicationAggregate, submitted(), [
      { type: 'application-withdrawn', at: at('2022-09-26T04:00'), reasonCode: 'terms' },
    ]);

    expect(withdrawn && receiptOf(withdrawn)).toEqual(receiptOf(submitted()));
    expect(receiptOf(complete)).toBeUndefined();
  });

  it('is another one when anything in it is', () => {
    const digests = [
      submit(complete, frozen, now),
      submit({ ...complete, choices: choices.toReversed() }, frozen, now),
      submit({ ...complete, documents: [] }, frozen, now),
      submit(complete, { ...frozen, form: { ...form, digest: sha256Of('g') } }, now),
      submit(complete, frozen, at('2022-09-25T04:01')),
    ].map(([event]) => event?.receipt);

    expect(new Set(digests).size).toBe(5);
  });
});

describe('an application, whatever happens to it', () => {
  const sections = ['identity', 'work', 'consent'] as const;
  const anyEvent: fc.Arbitrary<ApplicationEvent> = fc.oneof(
    fc.record({ section: fc.constantFrom(...sections), version: fc.integer({ min: 1, max: 99 }) }).map(
      ({ section, version }): ApplicationEvent => ({
        type: 'section-saved',
        at: now,
        section,
        document: { ...form, version },
      }),
    ),
    fc.constantFrom('A', 'B', 'C').chain((name) =>
      fc.constantFrom<ApplicationEvent>(
        { type: 'document-announced', at: now, document: id(name), requirement: 'diploma' },
        {
          type: 'document-received',
          at: now,
          document: id(name),
          sha256: sha256Of(name),
          bytes: 7,
          mediaType: 'image/png',
        },
        { type: 'document-refused', at: now, document: id(name), fault: 'empty' },
        { type: 'document-removed', at: now, document: id(name) },
      ),
    ),
    fc.subarray(choices).map((codes): ApplicationEvent => ({ type: 'choices-ranked', at: now, codes })),
  );
  const started: ApplicationEvent = {
    type: 'application-started',
    at: now,
    id: complete.id,
    number: complete.number,
    roundId: complete.roundId,
    personId: complete.personId,
  };

  it('is the fold of its stored events, as its schema describes it', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.boolean(), (events, withdrawn) => {
        const all: ApplicationEvent[] = [started, ...events];
        if (withdrawn) all.push({ type: 'application-withdrawn', at: now, reasonCode: 'mistake' });
        const state = evolveAll(applicationAggregate, undefined, all);
        const stored = all.map((event) =>
          applicationAggregate.event.parse(JSON.parse(JSON.stringify(event))),
        );
        expect(evolveAll(applicationAggregate, undefined, stored)).toEqual(state);
        expect(Application.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
    );
  });

  it('holds no text that a person typed in any of its events', () => {
    const texts = applicationAggregate.event;
    const smuggled = texts.safeParse({
      type: 'section-saved',
      at: now,
      section: 'identity',
      document: form,
      fullName: 'X',
    });

    expect(smuggled.success && smuggled.data).not.toHaveProperty('fullName');
  });
});
