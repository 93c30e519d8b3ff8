import { type Contact } from '#functions/commands/reference-contact.ts';
import { writeToReferee } from '#functions/commands/reference-letters.ts';
import { askReferees, nameReferee } from '#functions/commands/references.ts';
import { importRoundFile, importVacancies, openCall } from '#functions/commands/rounds.ts';
import { referencesAggregate } from '#shared/domain/reference.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { OutgoingLetter } from '#shared/ports/mail.ts';
import { aRoundFile, asUpload, vacancyBytes } from '#test/builders/round-file.ts';
import { aCompleteIn, administrator, aigul, aWorld, granted, previewedIn } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

export const contact: Contact = {
  name: 'MARKER Referee',
  position: 'Headteacher, school 12',
  mail: 'referee@example.kz',
  relation: 'MARKER We worked together',
  locale: 'en',
};

const wanted: RoundFile['references'] = {
  count: 2,
  confidential: true,
  remindAfterWorkingDays: 3,
  source: 'A sample',
  confidence: 'unverified',
  verifiedOn: '2022-08-01',
};

const tokenIn = (letter: OutgoingLetter | undefined): string => /#(\S+)/.exec(letter?.text ?? '')?.[1] ?? '';

/** An open call that asks for two references, and an application that lacks nothing else. */
export const aReferenceScene = async (over: Partial<typeof wanted> = {}, round: Partial<RoundFile> = {}) => {
  const world = aWorld();
  const file = asUpload(aRoundFile({ references: { ...wanted, ...over }, ...round }));
  const roundId = granted(await importRoundFile(world, { by: administrator, file })).state.id;
  granted(await importVacancies(world, { by: administrator, roundId, file: vacancyBytes }));
  const previewed = await previewedIn(world, roundId);
  granted(await openCall(world, { by: administrator, roundId, previewed }));
  world.clock.to(at('2022-09-20T04:00'));
  const applicationId = await aCompleteIn(world, roundId);
  const mine = { by: aigul, applicationId };
  const sent: OutgoingLetter[] = [];
  const mail = { send: async (letter: OutgoingLetter) => void sent.push(letter) };
  const sender = { origin: 'https://irikteu.example', region: 'KZ-19' as const };
  /** What the outbox does with everything whose time has come. */
  const deliver = async (): Promise<void> => {
    for (const [id, { body, at: due }] of Array.from(world.records.outbox)) {
      if (due > world.clock.now()) continue;
      if (body.kind === 'ask-referees') await askReferees(world, body);
      else if (body.kind === 'write-to-referee') await writeToReferee({ ...world, mail, sender }, id, body);
      else continue;
      world.records.outbox.delete(id);
      await deliver();
      return;
    }
  };
  const name = async (slot: number, given: Partial<Contact> = {}) =>
    nameReferee(world, { ...mine, slot, contact: { ...contact, ...given } });
  const references = async () => {
    const found = await world.records.find(referencesAggregate, applicationId);
    if (!found) throw new Error('Nobody was named.');
    return found.state;
  };
  return { world, roundId, mine, sent, deliver, name, references, tokenIn };
};
