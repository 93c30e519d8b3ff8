import { tellDisclosure } from '#functions/commands/disclosures.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Ground } from '#shared/domain/conflict.ts';
import { type DisclosureField, disclosureFields, type KeptDisclosure } from '#shared/domain/disclosure.ts';
import { personAggregate, registerPerson } from '#shared/domain/person.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import type { People } from '#shared/ports/sign-in.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** As an example: by default family names and places of work keep away, and places of study are shown. */
const effects = {
  'family-name': 'bars',
  employer: 'bars',
  'past-employer': 'bars',
  institution: 'shown',
} as const satisfies Partial<Record<Ground, 'bars' | 'shown'>>;

/** A round file that has conflicts of interest looked for. */
export const conflictsUpload = (over: Parameters<typeof aRoundFile>[0] = {}): Uint8Array => {
  const { source, confidence, verifiedOn } = aRoundFile().blind;
  const provenance = { source, confidence, verifiedOn };
  const grounds = Object.entries(effects).map(([ground, effect]) =>
    Object.assign({ ground, effect }, provenance),
  );
  return asUpload({ ...aRoundFile(over), conflicts: { grounds, commonFrom: 5, ...provenance } });
};

/** As it is kept of somebody. */
export const disclosure: KeptDisclosure = {
  familyNames: ['TEXT disclosure'],
  employers: ['№ 12 мектеп'],
  pastEmployers: [],
  institutions: [],
  addresses: [],
  toldAt: at('2022-09-02T04:00'),
};

export type ToldDisclosure = Partial<Record<DisclosureField, string>>;

/** Somebody who has an account and tells of themselves. */
export const aDisclosureIn = async (
  world: World & { people: People },
  by: Person,
  told: ToldDisclosure = {},
): Promise<void> => {
  const { people, records, clock } = world;
  const now = clock.now();
  if (!(await people.profiles.find(by.id))) {
    const mail = MailAddress.parse(`${by.id.toLowerCase()}@example.kz`);
    await people.profiles.register({ personId: by.id, mail, locale: 'kk', registeredAt: now });
  }
  if (!(await records.find(personAggregate, by.id))) {
    const { change } = changed(personAggregate, by.id, undefined, registerPerson(by.id, now));
    granted(await records.commit({ by: { kind: 'operator' }, changes: [change] }));
  }
  const nothing = { familyNames: 'Ешкім', employers: '', pastEmployers: '', institutions: '', addresses: '' };
  for (const field of disclosureFields) nothing[field] = told[field] ?? nothing[field];
  granted(await tellDisclosure(world, by, nothing));
};
