import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { writeToGuest } from '#functions/commands/guest-letters.ts';
import { remindOfInquiry } from '#functions/commands/inquiry-reminder.ts';
import { tellJudges } from '#functions/commands/judge-letters.ts';
import { writeLettersOfDecision, writeLettersToRound } from '#functions/commands/letters.ts';
import { writeLettersToMembers } from '#functions/commands/member-letters.ts';
import { fillPlaces } from '#functions/commands/open-places.ts';
import { writeToReferee } from '#functions/commands/reference-letters.ts';
import { askReferees } from '#functions/commands/references.ts';
import { type DeliveryDeps, deliver } from '#functions/outbox/deliver.ts';
import type { OutgoingLetter } from '#shared/ports/mail.ts';
import type { People } from '#shared/ports/sign-in.ts';
import type { World } from '#test/builders/scenes.ts';

/** What the outbox of a world writes until its raters have scored, as the program delivers it, in one bag: each row once, when its time has come. */
export const aMailbag = (world: World, people: People) => {
  const letters: OutgoingLetter[] = [];
  const deps = deliveryInto(letters, world, people);
  const done = new Set<string>();
  const deliverDue = async (): Promise<void> => {
    const due = [...world.records.outbox.values()].filter(
      ({ id, at }) => at <= world.clock.now() && !done.has(id),
    );
    for (const message of due) {
      done.add(message.id);
      await deliver(deps, { id: message.id, attempts: 1, message });
    }
    // What was written by them.
    if (due.length > 0) await deliverDue();
  };
  return { letters, deliverDue };
};

const deliveryInto = (letters: OutgoingLetter[], world: World, people: People): DeliveryDeps => {
  const mail = { send: async (letter: OutgoingLetter) => void letters.push(letter) };
  const sender = { origin: 'https://irikteu.example', region: world.region };
  const writing = { ...world, mail, sender };
  return {
    ...elsewhere,
    records: world.records,
    profiles: people.profiles,
    mail,
    sender,
    writeLetters: (message) => writeLettersToRound(world, message),
    writeDecision: (message) => writeLettersOfDecision(world, message),
    writeMembers: (message) => writeLettersToMembers(world, message),
    tellJudges: (message) => tellJudges(world, message),
    askReferees: (message) => askReferees(world, message),
    writeToReferee: (id, message) => writeToReferee(writing, id, message),
    writeToGuest: (id, message) => writeToGuest(writing, id, message),
    remindOfInquiry: (message) => remindOfInquiry(world, message),
    findRaters: (message) => fillPlaces(world, message),
    findConflicts: ({ roundId }) => searchConflicts({ ...world, people }, roundId),
  };
};

const nothing = async (): Promise<void> => {};

/** Machines are run by hand, and nothing of the stages after scoring is delivered here. */
const elsewhere = {
  machines: { start: nothing, state: async () => 'running', signal: async () => 'resumed' },
  keepLetter: nothing,
  erase: nothing,
  writeCorrection: nothing,
  writeContenders: nothing,
  makeOffers: nothing,
  remindOfClaim: nothing,
  remindOfHeld: nothing,
  remindOfEngaged: nothing,
  remindOfInterviews: nothing,
  publishResults: nothing,
  signOpenPosts: nothing,
  makePacket: nothing,
  makeOutcome: nothing,
  makeStatement: nothing,
  tellElsewhere: nothing,
  eraseHanded: nothing,
} satisfies Partial<DeliveryDeps>;
