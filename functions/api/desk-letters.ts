import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { forPerson, KeptAnswer, onPerson } from '#functions/api/desk-person.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described } from '#functions/api/selection.ts';
import { type DeskWorker, handLetterOver, personAtDesk } from '#functions/commands/assistance.ts';
import { proveMailbox } from '#functions/commands/mailbox.ts';
import { askForCode } from '#functions/commands/sign-in.ts';
import { networkOf } from '#functions/http/request.ts';
import { HandOverWay, type KeptLetter } from '#shared/domain/assistance.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { lettersIn } from '#shared/domain/person.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Letters of people without a mailbox, to be handed over, and the mailbox that somebody has later. */
export const deskLetterOperations = (deps: ApiDeps): Operation[] => [...letters(deps), ...mailbox(deps)];

const letters = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('readLetterAtDesk', 'desk.assist'),
      method: 'GET',
      path: `${onPerson}/letters/:letter`,
      summary: 'One letter in the language of its reader, to be printed or read out.',
      answer: {
        status: 200,
        schema: KeptAnswer.extend({ locale: Locale, subject: z.string(), text: z.string() }),
      },
      refusals: ['not-found'],
    },
    (c) =>
      forPerson(c, async (command) => {
        const found = await letterOf(deps, c, command);
        if (!found.ok) return found;
        const { number, kept, locale } = found.value;
        // Loaded when somebody looks: the texts of all letters weigh more than most answers.
        const { renderLetter } = await import('#shared/letters.ts');
        const sender = { origin: deps.publicOrigin, region: deps.region };
        const { subject, text } = renderLetter(kept, locale, sender);
        const { template, keptAt, handedOver } = kept;
        return ok({ number, template, keptAt, handedOver, locale, subject, text });
      }),
  ),
  send(
    {
      ...described('handLetterOver', 'desk.assist', 'letter-handed-over'),
      method: 'POST',
      path: `${onPerson}/letters/:letter/hand-over`,
      summary: 'Notes that the person has the letter, and how. Noting it again changes nothing.',
      body: z.strictObject({ way: HandOverWay }),
      answer: { status: 204 },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    (c, { way }) =>
      forPerson(c, async (command) => {
        const found = await letterOf(deps, c, command);
        return found.ok
          ? await handLetterOver(deps, { ...command, letter: found.value.kept.letter, way })
          : found;
      }),
  ),
];

const mailbox = (deps: ApiDeps): Operation[] => [
  send(
    {
      // Sending a code changes nothing yet: the record knows of it once the code was typed.
      ...described('sendMailboxCodeAtDesk', 'desk.assist', 'mailbox-proved'),
      method: 'POST',
      path: `${onPerson}/mailbox`,
      summary: 'Sends a code to the mailbox that the person has now; who gets it reads it out at the desk.',
      body: z.strictObject({ mail: MailAddress, replaces: z.string().max(200).optional() }),
      answer: { status: 202, schema: z.object({ attempt: z.string() }) },
      refusals: ['not-found', 'too-many-requests'],
    },
    (c, { mail, replaces }) =>
      forPerson(c, async (command) => {
        const found = await personAtDesk(deps, command);
        if (!found.ok) return found;
        const locale = found.value.profile?.locale ?? 'kk';
        const given = { joins: command.personId, mail, locale, replaces, network: networkOf(c) };
        const asked = await askForCode(deps, given);
        return asked.ok ? ok({ attempt: asked.value.secret }) : asked;
      }),
  ),
  send(
    {
      ...described('proveMailboxAtDesk', 'desk.assist', 'mailbox-proved'),
      method: 'POST',
      path: `${onPerson}/mailbox/code`,
      summary:
        'Makes the mailbox the person’s own by the code that was read out. From then on the person acts alone, and the desk finds nobody there.',
      body: z.strictObject({ attempt: z.string().max(200), code: z.string().max(20) }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'mailbox-taken',
        'code-wrong',
        'code-expired',
        'code-used',
        'code-replaced',
        'code-exhausted',
        'too-many-requests',
        'changed-meanwhile',
      ],
    },
    (c, { attempt: secret, code }) =>
      forPerson(c, async (command) => {
        const found = await personAtDesk(deps, command);
        if (!found.ok) return found;
        return await proveMailbox(deps, { ...command, secret, code, network: networkOf(c) });
      }),
  ),
];

type Found = { number: number; kept: KeptLetter; locale: Locale };

const letterOf = async (
  deps: ApiDeps,
  c: Context,
  command: { by: DeskWorker; personId: PersonId },
): Promise<Result<Found, Refusal>> => {
  const found = await personAtDesk(deps, command);
  if (!found.ok) return found;
  const { person, profile } = found.value;
  const letter = lettersIn(person).find(({ number }) => String(number) === c.req.param('letter'));
  if (!letter) return refuse({ kind: 'not-found', what: 'document' });
  return ok({ number: letter.number, kept: letter.letter, locale: profile?.locale ?? 'kk' });
};
