import * as z from 'zod';
import { type Company, judges } from '#infra/demo/company.ts';
import type { SyntheticApplicant } from '#infra/demo/people.ts';
import { practice } from '#infra/demo/practice.ts';
import type { IntakeFile } from '#infra/demo/round-file.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import type { Rehearsal } from '#infra/rehearsal/rehearsal.ts';
import type { Staff } from '#infra/rehearsal/sign-in.ts';
import type { ConflictRule } from '#shared/domain/conflict-rule.ts';
import type { Disclosure } from '#shared/domain/disclosure.ts';

const sample = {
  source: 'a rehearsal; the file of 2022 names none',
  confidence: 'unverified',
  verifiedOn: '2026-11-28',
} as const;

const conflicts: ConflictRule = {
  grounds: [
    { ground: 'family-name', effect: 'bars', ...sample },
    { ground: 'common-family-name', effect: 'shown', ...sample },
    { ground: 'employer', effect: 'bars', ...sample },
    { ground: 'school', effect: 'bars', ...sample },
    { ground: 'address', effect: 'bars', ...sample },
  ],
  commonFrom: 2,
  ...sample,
};

/** What applicants wrote is shown to raters in copies that the secretary releases, and scoring does not open before. */
const shown = { texts: ['motivation'], documents: [], missing: 'stop' };

const File = z.looseObject({ raters: z.looseObject({}), blind: z.looseObject({}) });

/**
 * The same file with what a region may ask for beside: conflicts of interest are searched, two people refuse, raters practise first, see redacted copies, and
 * are told how severe they are.
 */
export const withChecks = (file: IntakeFile): IntakeFile => {
  const { raters, blind, ...rest } = File.parse(JSON.parse(file.text));
  const feedback = { atLeast: 8, toSecretary: 'spread', ...sample };
  const screeningCheck = { of: 'refusals', ...sample };
  const asked = {
    raters: { ...raters, feedback },
    blind: { ...blind, shown },
    practice,
    screeningCheck,
    conflicts,
  };
  const text = JSON.stringify({ ...rest, ...asked }, null, 2);
  return { ...file, text, isChecked: true };
};

const nobody: Disclosure = {
  familyNames: ['Бейтаныс'],
  employers: [],
  pastEmployers: [],
  institutions: [],
  addresses: [],
};

/** Whoever has a seat tells of themselves; the last member has a family name that many bear, and lives where an applicant does. */
export const tellOfThemselves = async (
  { act }: Rehearsal,
  company: Company,
  people: readonly SyntheticApplicant[],
): Promise<void> => {
  const last = company.members.at(-1);
  const addresses = [people.at(-1)?.typed.contacts['address'] ?? []].flat();
  for (const one of [...judges(company), company.secretary]) {
    const told = one === last ? { familyNames: ['Иванов'], addresses } : {};
    await tell({ act }, one, told);
  }
};

/** A guest too. */
export const tell = async (
  { act }: Pick<Rehearsal, 'act'>,
  { client }: Staff,
  told: Partial<Disclosure> = {},
): Promise<void> => {
  const json = { ...nobody, ...told };
  await act(() => expectJson(client, '/api/disclosure', { method: 'PUT', json }, nothing));
};

const Found = z.object({
  all: z.array(
    z.object({
      applicationId: z.string(),
      memberId: z.string(),
      found: z.object({ grounds: z.array(z.object({ ground: z.string() })) }).optional(),
    }),
  ),
});

/**
 * The secretary rules on what was found: who lives in the house of an applicant does not know them; who bears the family name of another one
 * is a relative.
 */
export const ruleOnFound = async (scene: Scene): Promise<void> => {
  const { act, round, company, applicants, say } = scene;
  const { client } = company.secretary;
  const path = `/api/rounds/${round}/conflicts`;
  const { all } = await act(() => expectJson(client, path, {}, Found));
  const order = new Map(applicants.map(({ id }, place) => [id, place]));
  const found = all
    .filter((one) => one.found)
    .toSorted((a, b) => (order.get(a.applicationId) ?? 0) - (order.get(b.applicationId) ?? 0));
  const by = (grounds: readonly string[]) =>
    found.find((one) => one.found?.grounds.some(({ ground }) => grounds.includes(ground)));
  for (const { of, ruling, reason } of [
    { of: by(['address']), ruling: 'cleared', reason: 'Көп пәтерлі үй: бірін-бірі танымайды.' },
    { of: by(['common-family-name']), ruling: 'pinned', reason: 'Член комиссии подтвердил родство.' },
  ]) {
    if (!of) continue;
    const json = { ruling, reason };
    await act(() =>
      expectJson(client, `${path}/${of.applicationId}/${of.memberId}`, { method: 'PUT', json }, nothing),
    );
  }
  say(
    `Conflicts of interest: ${found.length} found by comparing, one pinned and one cleared by the secretary.`,
  );
};
